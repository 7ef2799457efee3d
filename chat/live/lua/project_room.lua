-- Make the live room what the record says, unless a later version is already here.
-- KEYS room
-- ARGV version events_channel facts fields...
--   facts: as JSON, to be published; fields: field, value, ...
-- Returns 1, or 0 when a later version was there or the room is not.
local version = redis.call('HGET', keys.room, 'version')
if not version or tonumber(version) > tonumber(args.version) then return 0 end
redis.call('HSET', keys.room, 'version', args.version, unpack(ARGV, fields_from))
publish(args.events_channel, 'room', '-', '0', args.facts)
return 1
