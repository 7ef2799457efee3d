-- Make one person's place in a live room what the record says, and tell the room in the same breath: what is published
-- after a removal comes after it on every process, so that nothing later reaches who was removed.
-- KEYS 1 room  2 members  3 read   ARGV 1 version  2 user  3 role, '' = not a member  4 events channel  5 room id
--      6 the removal as JSON for who was removed, or ''
-- Returns 1, or 0 when a later version was there or the room is not.
local version = redis.call('HGET', KEYS[1], 'version')
if not version or tonumber(version) > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[1])
local member = '{"room":' .. ARGV[5] .. ',"user":' .. ARGV[2] .. ',"role":'
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[2], ARGV[2])
  if ARGV[6] ~= '' then publish(ARGV[4], 'removed', '-', '0', ARGV[6]) end
  publish(ARGV[4], 'member', '-', '0', member .. 'null}')
else
  redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
  -- Who comes in has nothing unread: what was said before they came is history.
  redis.call('HSETNX', KEYS[3], ARGV[2], redis.call('HGET', KEYS[1], 'seq'))
  publish(ARGV[4], 'member', '-', '0', member .. '"' .. ARGV[3] .. '"}')
end
return 1
