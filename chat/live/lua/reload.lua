-- Let everybody who knows a room load its messages again: what they have cannot be mended by amendments.
-- KEYS room
-- ARGV events_channel room_id
local facts = redis.call('HMGET', keys.room, 'epoch', 'seq')
if not facts[1] then return 0 end
local rev = digits(redis.call('HINCRBY', keys.room, 'rev', 1))
note_change(args.room_id)
-- Nobody who knows less than this rev can be told what changed: sync gives them the newest messages instead.
redis.call('HSET', keys.room, 'revisions_from', rev)
publish(args.events_channel, 'head', '-', '0',
  '{"room":' .. args.room_id .. ',"epoch":"' .. facts[1] .. '","seq":' .. facts[2] .. ',"rev":' .. rev .. '}')
return 1
