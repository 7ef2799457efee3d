-- Put before every script, after what chat/live/redis/manifests.py declares: the clock, the server's identity, refusals.
-- A script that finds the room in an earlier run of Redis answers `recover`: the caller has it recovered, and asks again.
-- ANSWER refused: code ms reason
-- ANSWER recover:

-- Milliseconds since 1970 by Redis's own clock, so that no app server's clock matters.
local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Lua prints large numbers as 1.7e+12; the wire wants digits.
local function digits(number)
  return string.format('%.0f', number)
end

-- Refuse; `ms` is how long to wait, `reason` what a moderator gave or one of the errors' reasons.
local function refused(code, ms, reason)
  return answer('refused', {code = code, ms = digits(ms or 0), reason = reason or ''})
end
-- Changes at each start of Redis. Asked in the script itself (about 5 microseconds), so that no caller can hold an old one.
local function run_id()
  local info = redis.pcall('INFO', 'server')
  return type(info) == 'string' and string.match(info, 'run_id:(%x+)') or 'unknown'
end

-- A publication carries what processes need to put it in order without parsing: event, epoch, number, payload.
local function publish(channel, event, epoch, number, payload)
  redis.call('PUBLISH', channel, event .. ' ' .. epoch .. ' ' .. number .. ' ' .. payload)
end

-- Tell the archiver that there is something to copy. (pcall: on a cluster the set is in another slot; the archiver also looks
-- at all rooms in turn, only not as soon.)
local function note_change(room_id)
  redis.pcall('SADD', CHANGED, room_id)
end

-- A room that one may not see answers as one that is not there. One that is really not there may have been lost by Redis:
-- unless all rooms were checked in this run, somebody has to look. (pcall: on a cluster the key is in another slot.)
local function outside(kind)
  if not kind and redis.pcall('GET', LIVE_RUN) ~= run_id() then return answer('recover') end
  return refused(kind == 'public' and 'not_member' or 'not_found')
end

-- What holds for a person now, of lines `kind end reason`, bans first (end in ms, 0: permanently); nil where nothing does.
local function sanction_now(lines, now)
  for kind, ends, reason in string.gmatch(lines or '', '(%a+) (%d+) ?([^\n]*)') do
    ends = tonumber(ends)
    if ends == 0 or ends > now then return kind, ends, reason end
  end
end

local function refused_by_sanction(kind, ends, reason, now)
  return refused(kind == 'ban' and 'banned' or 'muted', ends == 0 and 0 or ends - now, reason)
end

-- Whether a member's role belongs to those who may: `writers` or `editors` of a room, as chat/domain/room_rules.py decided them.
local function includes(circle, role)
  return circle == 'everyone' or (circle == 'moderators' and role ~= 'member')
end

-- A bucket holds `most` tokens and fills up evenly in `period` ms; all that is kept of it is when it will be full. One that
-- would be full later than that takes was written before the clock was set back, and counts as full.
-- Returns when it is full after one token more is taken; or nil, and the ms until there is one.
local function take_token(full_at, most, period, now)
  local full = tonumber(full_at) or 0
  if full < now or full - now > period then full = now end
  full = full + period / most
  if full - now > period then return nil, math.ceil(full - now - period) end
  return full
end

-- The amendment states of messages, each '' where there is none. `first` is the seq of the first message.
local function states_of(amended_key, first, count)
  local states = {}
  for start = first, first + count - 1, 1000 do
    local fields = {}
    for seq = start, math.min(start + 999, first + count - 1) do fields[#fields + 1] = digits(seq) end
    for _, state in ipairs(redis.call('HMGET', amended_key, unpack(fields))) do states[#states + 1] = state or '' end
  end
  return states
end
