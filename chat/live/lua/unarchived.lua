-- What follows (seq, rev) in a room: messages first; amendments only once all messages are taken, so that none comes before
-- its message.
-- KEYS 1 room  2 log  3 amended  4 revisions   ARGV 1 seq  2 rev  3 most of both together  4 most bytes of both together
-- One message or amendment is always taken, however large.
-- Returns {epoch, seq and rev that are then archived, {messages}, {seq, rev, state, {emoji|user, ms, ...}, ...}}; nothing of a
-- room that is in an earlier run of Redis, or not there.
local facts = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'rev', 'run_id')
if facts[4] ~= run_id() then return {} end
local seq, rev, most, bytes = tonumber(facts[2]), tonumber(facts[3]), tonumber(ARGV[3]), tonumber(ARGV[4])
local floor = seq - redis.call('LLEN', KEYS[2]) + 1
local from = math.max(tonumber(ARGV[1]) + 1, floor)
local messages = from <= seq and redis.call('LRANGE', KEYS[2], from - floor, from - floor + most - 1) or {}
for i, message in ipairs(messages) do
  bytes = bytes - #message
  if bytes < 0 and i > 1 then
    for last = #messages, i, -1 do messages[last] = nil end
    break
  end
end
local upto = #messages > 0 and from + #messages - 1 or tonumber(ARGV[1])
local room = bytes > 0 and most - #messages or 0
if upto < seq or room == 0 then return {facts[1], digits(upto), ARGV[2], messages, {}} end

local changed = redis.call('ZRANGEBYSCORE', KEYS[4], '(' .. ARGV[2], '+inf', 'WITHSCORES', 'LIMIT', 0, room)
local amendments = {}
local upto_rev = #changed / 2 == room and tonumber(changed[#changed]) or math.max(rev, tonumber(ARGV[2]))
for i = 1, #changed, 2 do
  local state = redis.call('HGET', KEYS[3], changed[i])
  if state then
    local reactions = redis.call('HGETALL', KEYS[1] .. REACTIONS .. changed[i])
    for _, part in ipairs({changed[i], changed[i + 1], state, reactions}) do amendments[#amendments + 1] = part end
    bytes = bytes - #state
    for _, part in ipairs(reactions) do bytes = bytes - #part end
    if bytes < 0 then
      upto_rev = tonumber(changed[i + 1])
      break
    end
  end
end
return {facts[1], digits(upto), digits(upto_rev), messages, amendments}
