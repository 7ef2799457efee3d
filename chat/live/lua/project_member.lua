-- Make one person's place in a live room what the record says, and tell the room in the same breath: what is published
-- after a removal comes after it on every process, so that nothing later reaches who was removed.
-- KEYS 1 room  2 members  3 read  4 handles  5 notifications  6 sanctions  7 turns
-- ARGV 1 version  2 user  3 role, '' = not a member  4 handle  5 notifications or ''  6 events channel  7 room id
--      8 the removal as JSON for who was removed, or ''  9 what holds for them, as lines, or ''
--      10 the members who block them, and 11 those whom they block: ids between spaces, or ''
-- Returns 0 when a later version was there or the room is not, 2 when something else holds for them now, else 1.
local user, role, handle, notifications, sanctions = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[9]
local version = redis.call('HGET', KEYS[1], 'version')
if not version or tonumber(version) > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[1])

local before = {
  role = redis.call('HGET', KEYS[2], user) or '',
  handle = redis.call('HGET', KEYS[4], user) or '',
  notifications = redis.call('HGET', KEYS[5], user) or '',
  sanctions = redis.call('HGET', KEYS[6], user) or '',
}

local function set(key, value)
  if value == '' then redis.call('HDEL', key, user) else redis.call('HSET', key, user, value) end
end

-- Who has come or gone has nothing unread: what was said while they were not in is history. Their mentions stay theirs.
local function begin_reading()
  redis.call('HDEL', KEYS[3], user)
  redis.call('HDEL', KEYS[7], user)
  redis.call('DEL', KEYS[1] .. OWN .. user)
  if role ~= '' then redis.call('HSET', KEYS[3], user, redis.call('HGET', KEYS[1], 'seq')) end
end

-- Two may exchange their handles: the other one's is left alone.
local function set_handle()
  local old = '@' .. before.handle
  if before.handle ~= handle and redis.call('HGET', KEYS[4], old) == user then redis.call('HDEL', KEYS[4], old) end
  if handle ~= '' then redis.call('HSET', KEYS[4], '@' .. handle, user) end
  set(KEYS[4], handle)
end

local function set_blockers(author, ids)
  local key, ever = room .. BLOCKS, 'ever/' .. author
  if ids == '' then redis.call('HDEL', key, author) else redis.call('HSET', key, author, ids) end
  local known = redis.call('HGET', key, ever) or ' '
  local all = known
  for id in string.gmatch(ids, '%d+') do
    if not is_among(all, id) then all = all .. id .. ' ' end
  end
  if all ~= known then redis.call('HSET', key, ever, all) end
end

-- Whoever has left keeps their blocks: an @room that they sent just before still calls nobody who blocks them.
local function set_blocks()
  local key, blockers, theirs = room .. BLOCKS, ARGV[10], ARGV[11]
  local before = redis.call('HGET', key, user) or ''
  if before ~= blockers then set_blockers(user, blockers) end
  for _, author in ipairs(redis.call('HKEYS', key)) do
    local ids = string.match(author, '^%d+$') and redis.call('HGET', key, author) or ''
    if is_among(ids, user) and not is_among(theirs, author) then
      ids = string.gsub(ids, ' ' .. user .. ' ', ' ')
      set_blockers(author, ids == ' ' and '' or ids)
    end
  end
  for author in string.gmatch(theirs, '%d+') do
    local ids = redis.call('HGET', key, author) or ' '
    if not is_among(ids, user) then set_blockers(author, ids .. user .. ' ') end
  end
  return before ~= blockers
end

set(KEYS[2], role)
set(KEYS[5], notifications)
set(KEYS[6], sanctions)
set_handle()
local has_new_blockers = role ~= '' and set_blocks()
if (before.role == '') ~= (role == '') then begin_reading() end

-- What somebody wants to be told is their own business, and what holds for them that of the moderators, who are told apart.
-- That somebody blocks them is nobody's but the blocker's.
local is_same = role == before.role and handle == before.handle
local is_theirs = notifications ~= before.notifications or sanctions ~= before.sanctions or has_new_blockers
if not is_same or not is_theirs then
  if ARGV[8] ~= '' then publish(ARGV[6], 'removed', '-', '0', ARGV[8]) end
  local told = role == '' and 'null' or '"' .. role .. '"'
  publish(ARGV[6], 'member', '-', '0', '{"room":' .. ARGV[7] .. ',"user":' .. user .. ',"role":' .. told .. '}')
end
return sanctions == before.sanctions and 1 or 2
