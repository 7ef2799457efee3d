-- Take tokens out of a bucket.   KEYS 1 bucket   ARGV 1 most tokens  2 ms in which it fills up  3 how many are taken
-- Returns 0, or the ms until there is one.
local now = now_ms()
local full_at, wait = take_token(redis.call('GET', KEYS[1]), tonumber(ARGV[1]) / tonumber(ARGV[3]), tonumber(ARGV[2]), now)
if not full_at then return wait end
redis.call('SET', KEYS[1], digits(full_at), 'PX', digits(math.ceil(full_at - now)))
return 0
