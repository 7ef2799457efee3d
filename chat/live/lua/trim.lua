-- Forget what is both old and archived.
-- KEYS room log amended revisions cold
-- ARGV epoch seq rev most newest_revisions
--   epoch, seq, rev: what is archived; most: messages that stay; newest_revisions: how many stay anyway
-- Returns the number of messages that went.
local facts = redis.call('HMGET', keys.room, 'epoch', 'seq', 'revisions_from')
if facts[1] ~= args.epoch then return 0 end
local length = redis.call('LLEN', keys.log)
local floor = tonumber(facts[2]) - length + 1
local goes = math.max(0, math.min(length - tonumber(args.most), tonumber(args.seq) - floor + 1))
if goes > 0 then redis.call('LTRIM', keys.log, goes, -1) end
floor = floor + goes

local old = redis.call('ZRANGE', keys.revisions, 0, -1 - tonumber(args.newest_revisions), 'WITHSCORES')
local from = tonumber(facts[3] or 0)
for i = 1, #old, 2 do
  local seq, rev = old[i], tonumber(old[i + 1])
  if tonumber(seq) < floor and rev <= tonumber(args.rev) then
    redis.call('ZREM', keys.revisions, seq)
    redis.call('HDEL', keys.amended, seq)
    redis.call('HDEL', keys.cold, seq)
    redis.call('DEL', reactions_key(seq))
    from = math.max(from, rev)
  end
end
if from > tonumber(facts[3] or 0) then redis.call('HSET', keys.room, 'revisions_from', digits(from)) end
-- What was warmed up and then not amended has no revision to go with; any of it can be warmed up again.
if redis.call('HLEN', keys.cold) > 2 * tonumber(args.newest_revisions) then redis.call('DEL', keys.cold) end
return goes
