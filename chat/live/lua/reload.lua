-- Let everybody who knows a room load its messages again: what they have cannot be mended by amendments.
-- KEYS 1 room   ARGV 1 events channel  2 room id
local facts = redis.call('HMGET', KEYS[1], 'epoch', 'seq')
if not facts[1] then return 0 end
local rev = digits(redis.call('HINCRBY', KEYS[1], 'rev', 1))
-- Nobody who knows less than this rev can be told what changed: sync gives them the newest messages instead.
redis.call('HSET', KEYS[1], 'revisions_from', rev)
publish(ARGV[1], 'head', '-', '0',
  '{"room":' .. ARGV[2] .. ',"epoch":"' .. facts[1] .. '","seq":' .. facts[2] .. ',"rev":' .. rev .. '}')
return 1
