-- What a process's subscription missed of a room since (epoch, seq, rev).
-- KEYS room log amended revisions
-- ARGV epoch seq rev most
--   most: of messages, and of changes
-- ANSWER: epoch seq rev messages states
--   epoch: '' while the room waits to be recovered; states: rev, state, ...
-- Without messages and states when they cannot all be told.
local facts = redis.call('HMGET', keys.room, 'epoch', 'seq', 'rev', 'run_id')
if facts[4] ~= run_id() then return answer('', {epoch = '', seq = '0', rev = '0', messages = {}, states = {}}) end
local seq, rev, most = tonumber(facts[2]), tonumber(facts[3]), tonumber(args.most)
local missing, floor = seq - tonumber(args.seq), seq - redis.call('LLEN', keys.log)
if facts[1] ~= args.epoch or missing < 0 or missing > most or tonumber(args.seq) < floor or rev - tonumber(args.rev) > most then
  return answer('', {epoch = facts[1], seq = facts[2], rev = facts[3], messages = {}, states = {}})
end
local messages = missing > 0 and redis.call('LRANGE', keys.log, -missing, -1) or {}
local states = {}
for _, changed in ipairs(rev > tonumber(args.rev) and redis.call('ZRANGEBYSCORE', keys.revisions, '(' .. args.rev, '+inf') or {}) do
  states[#states + 1] = redis.call('ZSCORE', keys.revisions, changed)
  states[#states + 1] = redis.call('HGET', keys.amended, changed) or ''
end
return answer('', {epoch = facts[1], seq = facts[2], rev = facts[3], messages = messages, states = states})
