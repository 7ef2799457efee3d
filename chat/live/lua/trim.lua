-- Forget what is both old and archived.
-- KEYS 1 room  2 log  3 amended  4 revisions  5 cold
-- ARGV 1 the epoch that is archived up to  2 seq and  3 rev  4 most messages that stay  5 newest revisions that stay anyway
-- Returns the number of messages that went.
local facts = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'revisions_from')
if facts[1] ~= ARGV[1] then return 0 end
local length = redis.call('LLEN', KEYS[2])
local floor = tonumber(facts[2]) - length + 1
local goes = math.max(0, math.min(length - tonumber(ARGV[4]), tonumber(ARGV[2]) - floor + 1))
if goes > 0 then redis.call('LTRIM', KEYS[2], goes, -1) end
floor = floor + goes

local old = redis.call('ZRANGE', KEYS[4], 0, -1 - tonumber(ARGV[5]), 'WITHSCORES')
local from = tonumber(facts[3] or 0)
for i = 1, #old, 2 do
  local seq, rev = old[i], tonumber(old[i + 1])
  if tonumber(seq) < floor and rev <= tonumber(ARGV[3]) then
    redis.call('ZREM', KEYS[4], seq)
    redis.call('HDEL', KEYS[3], seq)
    redis.call('HDEL', KEYS[5], seq)
    redis.call('DEL', KEYS[1] .. REACTIONS .. seq)
    from = math.max(from, rev)
  end
end
if from > tonumber(facts[3] or 0) then redis.call('HSET', KEYS[1], 'revisions_from', digits(from)) end
-- What was warmed up and then not amended has no revision to go with; any of it can be warmed up again.
if redis.call('HLEN', KEYS[5]) > 2 * tonumber(ARGV[5]) then redis.call('DEL', KEYS[5]) end
return goes
