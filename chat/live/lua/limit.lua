-- Take tokens out of a bucket.
-- KEYS user_limit
-- ARGV most period_ms count
--   period_ms: in which it fills up; count: how many are taken
-- Returns 0, or the ms until there is one.
local now = now_ms()
local full_at, wait = take_token(redis.call('GET', keys.user_limit), tonumber(args.most) / tonumber(args.count), tonumber(args.period_ms), now)
if not full_at then return wait end
redis.call('SET', keys.user_limit, digits(full_at), 'PX', digits(math.ceil(full_at - now)))
return 0
