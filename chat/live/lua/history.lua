-- Up to `limit` messages with `low` <= seq < `high`, the newest of them, as far as they are in the live log.
-- KEYS 1 room  2 log  3 members  4 amended  5 sanctions   ARGV 1 user  2 low  3 high ('' = after the newest)  4 limit
-- Returns {'ok', lowest seq in the log, seq of the first message given, {messages}, {their amendment states}},
-- {'refused', code, '0'} or {'recover'}.
local facts = redis.call('HMGET', KEYS[1], 'kind', 'seq', 'run_id')
if redis.call('HEXISTS', KEYS[3], ARGV[1]) == 0 then return outside(facts[1]) end
if facts[3] ~= run_id() then return {'recover'} end
local sanction, ends, reason = sanction_now(redis.call('HGET', KEYS[5], ARGV[1]), now_ms())
if sanction == 'ban' then return refused_by_sanction(sanction, ends, reason, now_ms()) end
local seq = tonumber(facts[2])
local floor = seq - redis.call('LLEN', KEYS[2]) + 1
local high = ARGV[3] == '' and seq + 1 or math.min(tonumber(ARGV[3]), seq + 1)
local low = math.max(tonumber(ARGV[2]), high - tonumber(ARGV[4]), floor)
if low >= high then return {'ok', digits(floor), digits(high), {}, {}} end
return {'ok', digits(floor), digits(low), redis.call('LRANGE', KEYS[2], low - floor, high - 1 - floor),
  states_of(KEYS[4], low, high - low)}
