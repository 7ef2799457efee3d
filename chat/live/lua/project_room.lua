-- Make the live room what the record says, unless a later version is already here.
-- KEYS 1 room   ARGV 1 version  2 events channel  3 facts as JSON, to be published  4... field, value, ...
-- Returns 1, or 0 when a later version was there or the room is not.
local version = redis.call('HGET', KEYS[1], 'version')
if not version or tonumber(version) > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[1], unpack(ARGV, 4))
publish(ARGV[2], 'room', '-', '0', ARGV[3])
return 1
