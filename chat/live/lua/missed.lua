-- What a process's subscription missed of a room since (epoch, seq, rev).
-- KEYS 1 room  2 log  3 amended  4 revisions   ARGV 1 epoch  2 seq  3 rev  4 most of each
-- Returns {''...} while the room waits to be recovered, else {epoch, seq, rev, {messages}, {rev, state, ...}}; without messages and states when they cannot all be told.
local facts = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'rev', 'run_id')
if facts[4] ~= run_id() then return {'', '0', '0', {}, {}} end
local seq, rev, most = tonumber(facts[2]), tonumber(facts[3]), tonumber(ARGV[4])
local missing, floor = seq - tonumber(ARGV[2]), seq - redis.call('LLEN', KEYS[2])
if facts[1] ~= ARGV[1] or missing < 0 or missing > most or tonumber(ARGV[2]) < floor or rev - tonumber(ARGV[3]) > most then
  return {facts[1], facts[2], facts[3], {}, {}}
end
local messages = missing > 0 and redis.call('LRANGE', KEYS[2], -missing, -1) or {}
local states = {}
for _, changed in ipairs(rev > tonumber(ARGV[3]) and redis.call('ZRANGEBYSCORE', KEYS[4], '(' .. ARGV[3], '+inf') or {}) do
  states[#states + 1] = redis.call('ZSCORE', KEYS[4], changed)
  states[#states + 1] = redis.call('HGET', KEYS[3], changed) or ''
end
return {facts[1], facts[2], facts[3], messages, states}
