-- Hold a lease, take it where nobody does, or let it go.
-- KEYS lease
-- ARGV holder ms
--   ms: to hold it, '0' = let it go
-- Returns 1 while it is held by this holder.
local holder = redis.call('GET', keys.lease)
if holder and holder ~= args.holder then
  -- Longer than a lease lasts, since the clock was set back: who holds it and lives will renew it.
  if args.ms ~= '0' and redis.call('PTTL', keys.lease) > tonumber(args.ms) then redis.call('PEXPIRE', keys.lease, args.ms) end
  return 0
end
if args.ms == '0' then
  redis.call('DEL', keys.lease)
  return 0
end
redis.call('SET', keys.lease, args.holder, 'PX', args.ms)
return 1
