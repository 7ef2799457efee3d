-- Move a member's read marker forward, never back and never past the newest message.
-- KEYS 1 room  2 members  3 read   ARGV 1 user  2 seq
-- Returns {'ok', seq, '1' if it moved}, {'refused', code, '0'} or {'recover'}.
local facts = redis.call('HMGET', KEYS[1], 'kind', 'seq', 'run_id')
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then return outside(facts[1]) end
if facts[3] ~= run_id() then return {'recover'} end
local before = tonumber(redis.call('HGET', KEYS[3], ARGV[1]) or 0)
local seq = math.min(tonumber(ARGV[2]), tonumber(facts[2]))
if seq <= before then return {'ok', digits(before), '0'} end
redis.call('HSET', KEYS[3], ARGV[1], digits(seq))
return {'ok', digits(seq), '1'}
