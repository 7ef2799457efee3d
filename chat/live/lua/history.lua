-- Up to `limit` messages with `low` <= seq < `high`, the newest of them, as far as they are in the live log.
-- KEYS room log members amended sanctions
-- ARGV user low high limit
--   high: '' = after the newest
-- ANSWER ok: floor first messages states
--   floor: the lowest seq in the log; first: the seq of the first message given; states: their amendment states
local facts = redis.call('HMGET', keys.room, 'kind', 'seq', 'run_id')
if redis.call('HEXISTS', keys.members, args.user) == 0 then return outside(facts[1]) end
if facts[3] ~= run_id() then return answer('recover') end
local sanction, ends, reason = sanction_now(redis.call('HGET', keys.sanctions, args.user), now_ms())
if sanction == 'ban' then return refused_by_sanction(sanction, ends, reason, now_ms()) end
local seq = tonumber(facts[2])
local floor = seq - redis.call('LLEN', keys.log) + 1
local high = args.high == '' and seq + 1 or math.min(tonumber(args.high), seq + 1)
local low = math.max(tonumber(args.low), high - tonumber(args.limit), floor)
if low >= high then return answer('ok', {floor = digits(floor), first = digits(high), messages = {}, states = {}}) end
return answer('ok', {
  floor = digits(floor),
  first = digits(low),
  messages = redis.call('LRANGE', keys.log, low - floor, high - 1 - floor),
  states = states_of(keys.amended, low, high - low),
})
