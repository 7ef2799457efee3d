-- Takes one of a person's turns: a bucket that holds `burst`, and gets one more every `every` ms.
-- KEYS 1 the bucket   ARGV 1 burst  2 every
-- Returns the ms to wait, 0 when there was one. The bucket is kept as the moment at which it will be full again.
local now, burst, every = now_ms(), tonumber(ARGV[1]), tonumber(ARGV[2])
local full_at = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0)) + every
local wait = full_at - now - burst * every
if wait > 0 then return digits(wait) end
redis.call('SET', KEYS[1], digits(full_at), 'PX', digits(full_at - now))
return '0'
