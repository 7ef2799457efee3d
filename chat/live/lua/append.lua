-- May they? Seen before? Then number it, store it, publish it: all of it or nothing.
-- USES counting
-- KEYS room log members sanctions read sent slow handles pace
-- ARGV user room_id body events_channel remember_ms reply_to most_messages messages_ms said most_repeats repeats_ms
-- ARGV list_id verdict named...
--   body: the message's own fields as JSON without braces; remember_ms: for how long its client id is remembered
--   reply_to: a seq, or ''
--   most_messages: at once, '0' = no limit; messages_ms: after which as many may follow
--   said: by what the same text is known again; most_repeats: how often it may be said within repeats_ms, '0' = no limit
--   list_id: the word list by which it was judged
--   verdict: '', or what the list wants: 'refuse', 'hold', 'flag'; 'approved' = let it pass
--   named: as counting.lua takes it
-- ANSWER ok: seq epoch sent_at flagged
-- ANSWER duplicate: seq epoch sent_at
-- ANSWER withheld:
-- ANSWER rules: list
--   flagged: '1' = to be flagged; withheld: the list wants it; rules: the room has another list, as JSON
local user = args.user
local facts = redis.call('HMGET', keys.room, 'kind', 'writers', 'slow_mode', 'epoch', 'seq', 'run_id', 'rules_id', 'editors')
local kind, writers, slow_mode, epoch, seq = facts[1], facts[2], tonumber(facts[3] or 0), facts[4], tonumber(facts[5] or 0)

local role = redis.call('HGET', keys.members, user)
if not role then
  local sanction, ends, reason = sanction_now(redis.call('HGET', keys.sanctions, user), now_ms())
  -- Do not reveal the ban if the room is hidden.
  if sanction == 'ban' and kind == 'public' then return refused_by_sanction(sanction, ends, reason, now_ms()) end
  return outside(kind)
end
-- A room without `writers` was projected by an earlier version.
if facts[6] ~= run_id() or not writers then return answer('recover') end

-- A resend is answered before anything is asked of the sender: the message stands, whatever happened to them since.
local earlier = redis.call('GET', keys.sent)
if earlier then
  local stored = redis.call('LINDEX', keys.log, tonumber(earlier) - seq - 1)
  if not stored then return answer('duplicate', {seq = earlier, epoch = epoch, sent_at = '0'}) end
  local message = cjson.decode(stored)
  return answer('duplicate', {seq = earlier, epoch = message.epoch, sent_at = digits(message.sent_at)})
end

local now = now_ms()
local sanction, ends, reason = sanction_now(redis.call('HGET', keys.sanctions, user), now)
if sanction then return refused_by_sanction(sanction, ends, reason, now) end

local blocked = refused_by_block(kind, keys.members, user)
if blocked then return blocked end

local moderates = role == 'owner' or role == 'moderator'
-- Who can still react, as among announcements, is not told that the room is closed.
if not includes(writers, role) then
  return refused(includes(facts[8] or '', role) and 'forbidden' or 'room_closed')
end
if args.reply_to ~= '' and tonumber(args.reply_to) > seq then return refused('bad_request') end

-- How fast they are, and how often they say the same: when their bucket is full, what was said last, how often, until when it counts.
local function too_fast()
  local most, period, most_times, times_period = tonumber(args.most_messages), tonumber(args.messages_ms), tonumber(args.most_repeats), tonumber(args.repeats_ms)
  if most == 0 and most_times == 0 then return end
  local full, last, times, ends = string.match(redis.call('GET', keys.pace) or '', '^(%d+) (%S*) (%d+) (%d+)$')
  local wait
  if most > 0 then full, wait = take_token(full, most, period, now) end
  if wait then return refused('rate_limited', wait) end
  -- An end that is further away than its period was written before the clock was set back.
  local left = (tonumber(ends) or 0) - now
  if last == args.said and left > 0 and left <= times_period then times = times + 1 else times, left = 1, times_period end
  if most_times > 0 and times > most_times then return refused('rate_limited', left, ALREADY_SENT) end
  full = most > 0 and full or now
  local kept = digits(full) .. ' ' .. args.said .. ' ' .. times .. ' ' .. digits(now + left)
  redis.call('SET', keys.pace, kept, 'PX', digits(math.ceil(math.max(full - now, left)) + 1))
end

local verdict = args.verdict
if verdict ~= 'approved' then
  local fast = too_fast()
  if fast then return fast end
  if (facts[7] or '') ~= args.list_id then return answer('rules', {list = redis.call('HGET', keys.room, 'rules') or ''}) end
  if (verdict == 'refuse' or verdict == 'hold') and not moderates then return answer('withheld') end
end
if slow_mode > 0 and not moderates then
  local wait = redis.call('PTTL', keys.slow)
  -- Redis keeps ends, not times: with a clock that was set back they are further away than slow mode lasts.
  if wait > 0 and wait <= slow_mode * 1000 then return refused('slow_mode', wait) end
  redis.call('SET', keys.slow, '1', 'PX', slow_mode * 1000)
end

seq = redis.call('HINCRBY', keys.room, 'seq', 1)
local named = people_named(keys.members, keys.handles, moderates, named_from)
local message = '{"room":' .. args.room_id .. ',"seq":' .. digits(seq) .. ',"epoch":"' .. epoch .. '","sent_at":' .. digits(now)
  .. ',' .. args.body .. (named and ',"mentions":' .. cjson.encode(named) or '') .. '}'
redis.call('RPUSH', keys.log, message)
note_change(args.room_id)
redis.call('SET', keys.sent, digits(seq), 'PX', args.remember_ms)
count_mentions(user, digits(seq), named, true)
-- One's own message is not news to oneself, and read with it, unless there is something unread before it.
if tonumber(redis.call('HGET', keys.read, user) or 0) == seq - 1 then
  redis.call('HSET', keys.read, user, digits(seq))
else
  leave_out(own_key(user), digits(seq), seq, true)
end
publish(args.events_channel, 'message', epoch, digits(seq), message)
local flagged = verdict == 'flag' and not moderates and '1' or ''
return answer('ok', {seq = digits(seq), epoch = epoch, sent_at = digits(now), flagged = flagged})
