-- May they? Seen before? Then number it, store it, publish it: all of it or nothing.
-- KEYS 1 room  2 log  3 members  4 sanctions  5 read  6 sent  7 slow  8 handles  9 the sender's pace
-- ARGV 1 user  2 room id  3 the message's own fields as JSON without braces  4 events channel  5 ms to remember the client id
--      6 seq replied to, or ''  7 most messages at once, 0 = no limit  8 ms after which as many may follow
--      9 by what the same text is known again  10 how often it may be said, 0 = no limit  11 within how many ms
--      12 the word list by which it was judged  13 '', or what the list wants: 'refuse', 'hold', 'flag'; 'approved' = let it pass
--      14... whom it names, as counting.lua takes it
-- Returns {'ok'|'duplicate', seq, epoch, sent_at, '1' = to be flagged}, {'refused', code, ms to wait, words or nothing},
-- {'withheld'} where the list wants it, {'rules', JSON} when the room has another list, or {'recover'} in a new run of Redis.
local user = ARGV[1]
local facts = redis.call('HMGET', KEYS[1], 'kind', 'writers', 'slow_mode', 'epoch', 'seq', 'run_id', 'rules_id', 'editors')
local kind, writers, slow_mode, epoch, seq = facts[1], facts[2], tonumber(facts[3] or 0), facts[4], tonumber(facts[5] or 0)

local role = redis.call('HGET', KEYS[3], user)
if not role then
  local sanction, ends, reason = sanction_now(redis.call('HGET', KEYS[4], user), now_ms())
  -- Do not reveal the ban if the room is hidden.
  if sanction == 'ban' and kind == 'public' then return refused_by_sanction(sanction, ends, reason, now_ms()) end
  return outside(kind)
end
-- A room without `writers` was projected by an earlier version.
if facts[6] ~= run_id() or not writers then return {'recover'} end

-- A resend is answered before anything is asked of the sender: the message stands, whatever happened to them since.
local earlier = redis.call('GET', KEYS[6])
if earlier then
  local stored = redis.call('LINDEX', KEYS[2], tonumber(earlier) - seq - 1)
  if not stored then return {'duplicate', earlier, epoch, '0'} end
  local message = cjson.decode(stored)
  return {'duplicate', earlier, message.epoch, digits(message.sent_at)}
end

local now = now_ms()
local sanction, ends, reason = sanction_now(redis.call('HGET', KEYS[4], user), now)
if sanction then return refused_by_sanction(sanction, ends, reason, now) end

local blocked = refused_by_block(kind, KEYS[3], user)
if blocked then return blocked end

local moderates = role == 'owner' or role == 'moderator'
-- Who can still react, as among announcements, is not told that the room is closed.
if not includes(writers, role) then
  return {'refused', includes(facts[8] or '', role) and 'forbidden' or 'room_closed', '0'}
end
if ARGV[6] ~= '' and tonumber(ARGV[6]) > seq then return {'refused', 'bad_request', '0'} end

-- How fast they are, and how often they say the same: when their bucket is full, what was said last, how often, until when it counts.
local function too_fast()
  local most, period, most_times, times_period = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[10]), tonumber(ARGV[11])
  if most == 0 and most_times == 0 then return end
  local full, last, times, ends = string.match(redis.call('GET', KEYS[9]) or '', '^(%d+) (%S*) (%d+) (%d+)$')
  local wait
  if most > 0 then full, wait = take_token(full, most, period, now) end
  if wait then return {'refused', 'rate_limited', digits(wait)} end
  -- An end that is further away than its period was written before the clock was set back.
  local left = (tonumber(ends) or 0) - now
  if last == ARGV[9] and left > 0 and left <= times_period then times = times + 1 else times, left = 1, times_period end
  if most_times > 0 and times > most_times then
    return {'refused', 'rate_limited', digits(left), 'You have already sent that several times.'}
  end
  full = most > 0 and full or now
  local kept = digits(full) .. ' ' .. ARGV[9] .. ' ' .. times .. ' ' .. digits(now + left)
  redis.call('SET', KEYS[9], kept, 'PX', digits(math.ceil(math.max(full - now, left)) + 1))
end

local verdict = ARGV[13]
if verdict ~= 'approved' then
  local fast = too_fast()
  if fast then return fast end
  if (facts[7] or '') ~= ARGV[12] then return {'rules', redis.call('HGET', KEYS[1], 'rules') or ''} end
  if (verdict == 'refuse' or verdict == 'hold') and not moderates then return {'withheld'} end
end
if slow_mode > 0 and not moderates then
  local wait = redis.call('PTTL', KEYS[7])
  -- Redis keeps ends, not times: with a clock that was set back they are further away than slow mode lasts.
  if wait > 0 and wait <= slow_mode * 1000 then return {'refused', 'slow_mode', digits(wait)} end
  redis.call('SET', KEYS[7], '1', 'PX', slow_mode * 1000)
end

seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
local named = people_named(KEYS[3], KEYS[8], moderates, 14)
local message = '{"room":' .. ARGV[2] .. ',"seq":' .. digits(seq) .. ',"epoch":"' .. epoch .. '","sent_at":' .. digits(now)
  .. ',' .. ARGV[3] .. (named and ',"mentions":' .. cjson.encode(named) or '') .. '}'
redis.call('RPUSH', KEYS[2], message)
redis.call('SET', KEYS[6], digits(seq), 'PX', ARGV[5])
count_mentions(user, digits(seq), named, true)
-- One's own message is not news to oneself, and read with it, unless there is something unread before it.
if tonumber(redis.call('HGET', KEYS[5], user) or 0) == seq - 1 then
  redis.call('HSET', KEYS[5], user, digits(seq))
else
  leave_out(OWN .. user, digits(seq), seq, true)
end
publish(ARGV[4], 'message', epoch, digits(seq), message)
return {'ok', digits(seq), epoch, digits(now), verdict == 'flag' and not moderates and '1' or ''}
