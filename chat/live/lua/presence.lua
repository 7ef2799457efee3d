-- Who is here. One entry a connection, `user|connection|server`, scored by its deadline in Redis's own time. Entries past
-- their deadline go first, whatever is asked; a person's change is published once, by the script that made it.
-- KEYS 1 online  2 away  3 present
-- ARGV 1 operation  2 room id  3 events channel  4 ms that an entry lives after a beat  5...
--   beat:   5... entry, status, ...      leave: 5... entries
--   bury:   5 server whose entries go    who:   (nothing)
-- `who` returns {user, status, ...}; the others return the number of changes published.
local now = now_ms()
local latest = digits(now + ARGV[4])
local before, changed = {}, {}

local function status_of(user)
  if tonumber(redis.call('HGET', KEYS[3], user .. ':active') or 0) > 0 then return 'active' end
  return tonumber(redis.call('HGET', KEYS[3], user) or 0) > 0 and 'away' or 'offline'
end

local function count(field, by)
  if redis.call('HINCRBY', KEYS[3], field, by) <= 0 then redis.call('HDEL', KEYS[3], field) end
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
  if redis.call('ZREM', KEYS[1], entry) == 0 then return end
  count(user, -1)
  if redis.call('SREM', KEYS[2], entry) == 0 then count(user .. ':active', -1) end
end

local function beat(entry, status, deadline)
  -- An entry that is known and as it was costs two calls: most beats are of that kind.
  if redis.call('ZADD', KEYS[1], 'NX', deadline, entry) == 1 then
    local user = user_of(entry)
    count(user, 1)
    if status == 'away' then redis.call('SADD', KEYS[2], entry) else count(user .. ':active', 1) end
    return
  end
  redis.call('ZADD', KEYS[1], deadline, entry)
  if (redis.call('SISMEMBER', KEYS[2], entry) == 1) == (status == 'away') then return end
  local user = user_of(entry)
  if status == 'away' then
    redis.call('SADD', KEYS[2], entry)
    count(user .. ':active', -1)
  else
    redis.call('SREM', KEYS[2], entry)
    count(user .. ':active', 1)
  end
end

for _, entry in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', digits(now))) do remove(entry) end
-- Later than any beat sets it, since the clock was set back: what lives will beat again.
for _, entry in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. latest, '+inf')) do
  redis.call('ZADD', KEYS[1], latest, entry)
end

if ARGV[1] == 'beat' then
  for i = 5, #ARGV, 2 do beat(ARGV[i], ARGV[i + 1], latest) end
elseif ARGV[1] == 'leave' then
  for i = 5, #ARGV do remove(ARGV[i]) end
elseif ARGV[1] == 'bury' then
  local ending = '|' .. ARGV[5]
  for _, entry in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if string.sub(entry, -#ending) == ending then remove(entry) end
  end
end

local published = 0
for _, user in ipairs(changed) do
  local status = status_of(user)
  if status ~= before[user] then
    published = published + 1
    publish(ARGV[3], 'presence', '-', '0', '{"room":' .. ARGV[2] .. ',"user":' .. user .. ',"status":"' .. status .. '"}')
  end
end
if ARGV[1] ~= 'who' then return published end

local here = {}
for _, field in ipairs(redis.call('HKEYS', KEYS[3])) do
  if not string.find(field, ':', 1, true) then
    here[#here + 1] = field
    here[#here + 1] = status_of(field)
  end
end
return here
