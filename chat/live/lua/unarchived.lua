-- What follows (seq, rev) in a room: messages first; amendments only once all messages are taken, so that none comes before
-- its message.
-- KEYS room log amended revisions
-- ARGV seq rev most most_bytes
--   most, most_bytes: of both together; one message or amendment is always taken, however large
-- ANSWER ok: epoch seq rev messages amendments
--   seq, rev: what is then archived; amendments: seq, rev, state, {emoji|user, ms, ...}, ...
-- Answers `recover` of a room that is not there, too.
local facts = redis.call('HMGET', keys.room, 'epoch', 'seq', 'rev', 'run_id')
if facts[4] ~= run_id() then return answer('recover') end
local seq, rev, most, bytes = tonumber(facts[2]), tonumber(facts[3]), tonumber(args.most), tonumber(args.most_bytes)
local floor = seq - redis.call('LLEN', keys.log) + 1
local from = math.max(tonumber(args.seq) + 1, floor)
local messages = from <= seq and redis.call('LRANGE', keys.log, from - floor, from - floor + most - 1) or {}
for i, message in ipairs(messages) do
  bytes = bytes - #message
  if bytes < 0 and i > 1 then
    for last = #messages, i, -1 do messages[last] = nil end
    break
  end
end
local upto = #messages > 0 and from + #messages - 1 or tonumber(args.seq)
local room = bytes > 0 and most - #messages or 0
if upto < seq or room == 0 then
  return answer('ok', {epoch = facts[1], seq = digits(upto), rev = args.rev, messages = messages, amendments = {}})
end

local changed = redis.call('ZRANGEBYSCORE', keys.revisions, '(' .. args.rev, '+inf', 'WITHSCORES', 'LIMIT', 0, room)
local amendments = {}
local upto_rev = #changed / 2 == room and tonumber(changed[#changed]) or math.max(rev, tonumber(args.rev))
for i = 1, #changed, 2 do
  local state = redis.call('HGET', keys.amended, changed[i])
  if state then
    local reactions = redis.call('HGETALL', reactions_key(changed[i]))
    for _, part in ipairs({changed[i], changed[i + 1], state, reactions}) do amendments[#amendments + 1] = part end
    bytes = bytes - #state
    for _, part in ipairs(reactions) do bytes = bytes - #part end
    if bytes < 0 then
      upto_rev = tonumber(changed[i + 1])
      break
    end
  end
end
return answer('ok', {epoch = facts[1], seq = digits(upto), rev = digits(upto_rev), messages = messages, amendments = amendments})
