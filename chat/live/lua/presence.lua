-- Who is here. One entry a connection, `user|connection|server`, scored by its deadline in Redis's own time. Entries past
-- their deadline go first, whatever is asked; a person's change is published once, by the script that made it.
-- KEYS online away present
-- ARGV operation room_id events_channel live_ms about...
--   live_ms: that an entry lives after a beat
--   about: for `beat` entry, status, ...; for `leave` entries; for `bury` the server whose entries go; for `who` nothing
-- `who` returns {user, status, ...}; the others return the number of changes published.
local now = now_ms()
local latest = digits(now + args.live_ms)
local before, changed = {}, {}

local function status_of(user)
  if tonumber(redis.call('HGET', keys.present, user .. ':active') or 0) > 0 then return 'active' end
  return tonumber(redis.call('HGET', keys.present, user) or 0) > 0 and 'away' or 'offline'
end

local function count(field, by)
  if redis.call('HINCRBY', keys.present, field, by) <= 0 then redis.call('HDEL', keys.present, field) end
end

local function user_of(entry)
  local user = string.match(entry, '^(%d+)|')
  if not before[user] then
    before[user] = status_of(user)
    changed[#changed + 1] = user
  end
  return user
end

local function remove(entry)
  local user = user_of(entry)
  if redis.call('ZREM', keys.online, entry) == 0 then return end
  count(user, -1)
  if redis.call('SREM', keys.away, entry) == 0 then count(user .. ':active', -1) end
end

local function beat(entry, status, deadline)
  -- An entry that is known and as it was costs two calls: most beats are of that kind.
  if redis.call('ZADD', keys.online, 'NX', deadline, entry) == 1 then
    local user = user_of(entry)
    count(user, 1)
    if status == 'away' then redis.call('SADD', keys.away, entry) else count(user .. ':active', 1) end
    return
  end
  redis.call('ZADD', keys.online, deadline, entry)
  if (redis.call('SISMEMBER', keys.away, entry) == 1) == (status == 'away') then return end
  local user = user_of(entry)
  if status == 'away' then
    redis.call('SADD', keys.away, entry)
    count(user .. ':active', -1)
  else
    redis.call('SREM', keys.away, entry)
    count(user .. ':active', 1)
  end
end

for _, entry in ipairs(redis.call('ZRANGEBYSCORE', keys.online, '-inf', digits(now))) do remove(entry) end
-- Later than any beat sets it, since the clock was set back: what lives will beat again.
for _, entry in ipairs(redis.call('ZRANGEBYSCORE', keys.online, '(' .. latest, '+inf')) do
  redis.call('ZADD', keys.online, latest, entry)
end

if args.operation == 'beat' then
  for i = about_from, #ARGV, 2 do beat(ARGV[i], ARGV[i + 1], latest) end
elseif args.operation == 'leave' then
  for i = about_from, #ARGV do remove(ARGV[i]) end
elseif args.operation == 'bury' then
  local ending = '|' .. ARGV[about_from]
  for _, entry in ipairs(redis.call('ZRANGE', keys.online, 0, -1)) do
    if string.sub(entry, -#ending) == ending then remove(entry) end
  end
end

local published = 0
for _, user in ipairs(changed) do
  local status = status_of(user)
  if status ~= before[user] then
    published = published + 1
    publish(args.events_channel, 'presence', '-', '0', '{"room":' .. args.room_id .. ',"user":' .. user .. ',"status":"' .. status .. '"}')
  end
end
if args.operation ~= 'who' then return published end

local here = {}
for _, field in ipairs(redis.call('HKEYS', keys.present)) do
  if not string.find(field, ':', 1, true) then
    here[#here + 1] = field
    here[#here + 1] = status_of(field)
  end
end
return here
