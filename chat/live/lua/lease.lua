-- Hold a lease, take it where nobody does, or let it go.   KEYS 1 lease   ARGV 1 who asks  2 ms to hold it, '0' = let it go
-- Returns 1 while it is held by who asks.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  -- Longer than a lease lasts, since the clock was set back: who holds it and lives will renew it.
  if ARGV[2] ~= '0' and redis.call('PTTL', KEYS[1]) > tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
  return 0
end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
