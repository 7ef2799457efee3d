-- Make one person's place in a live room what the record says, and tell the room in the same breath: what is published
-- after a removal comes after it on every process, so that nothing later reaches who was removed.
-- USES counting
-- KEYS room members read handles notifications sanctions turns
-- ARGV version user role handle notifications events_channel room_id removal sanctions blockers blocked
--   role: '' = not a member; notifications: or ''; removal: as JSON for who was removed, or ''
--   sanctions: what holds for them, as lines, or ''
--   blockers: the members who block them; blocked: those whom they block: ids between spaces, or ''
-- Returns 0 when a later version was there or the room is not, 2 when something else holds for them now, else 1.
local user, role, handle, notifications, sanctions = args.user, args.role, args.handle, args.notifications, args.sanctions
local version = redis.call('HGET', keys.room, 'version')
if not version or tonumber(version) > tonumber(args.version) then return 0 end
redis.call('HSET', keys.room, 'version', args.version)

local before = {
  role = redis.call('HGET', keys.members, user) or '',
  handle = redis.call('HGET', keys.handles, user) or '',
  notifications = redis.call('HGET', keys.notifications, user) or '',
  sanctions = redis.call('HGET', keys.sanctions, user) or '',
}

local function set(hash, value)
  if value == '' then redis.call('HDEL', hash, user) else redis.call('HSET', hash, user, value) end
end

-- Who has come or gone has nothing unread: what was said while they were not in is history. Their mentions stay theirs.
local function begin_reading()
  redis.call('HDEL', keys.read, user)
  redis.call('HDEL', keys.turns, user)
  redis.call('DEL', own_key(user))
  if role ~= '' then redis.call('HSET', keys.read, user, redis.call('HGET', keys.room, 'seq')) end
  note_change(args.room_id)
end

-- Two may exchange their handles: the other one's is left alone.
local function set_handle()
  local old = '@' .. before.handle
  if before.handle ~= handle and redis.call('HGET', keys.handles, old) == user then redis.call('HDEL', keys.handles, old) end
  if handle ~= '' then redis.call('HSET', keys.handles, '@' .. handle, user) end
  set(keys.handles, handle)
end

local function set_blockers(author, ids)
  local blocks, ever = blocks_key(), 'ever/' .. author
  if ids == '' then redis.call('HDEL', blocks, author) else redis.call('HSET', blocks, author, ids) end
  local known = redis.call('HGET', blocks, ever) or ' '
  local all = known
  for id in string.gmatch(ids, '%d+') do
    if not is_among(all, id) then all = all .. id .. ' ' end
  end
  if all ~= known then redis.call('HSET', blocks, ever, all) end
end

-- Whoever has left keeps their blocks: an @room that they sent just before still calls nobody who blocks them.
local function set_blocks()
  local blocks, blockers, theirs = blocks_key(), args.blockers, args.blocked
  local before = redis.call('HGET', blocks, user) or ''
  if before ~= blockers then set_blockers(user, blockers) end
  for _, author in ipairs(redis.call('HKEYS', blocks)) do
    local ids = string.match(author, '^%d+$') and redis.call('HGET', blocks, author) or ''
    if is_among(ids, user) and not is_among(theirs, author) then
      ids = string.gsub(ids, ' ' .. user .. ' ', ' ')
      set_blockers(author, ids == ' ' and '' or ids)
    end
  end
  for author in string.gmatch(theirs, '%d+') do
    local ids = redis.call('HGET', blocks, author) or ' '
    if not is_among(ids, user) then set_blockers(author, ids .. user .. ' ') end
  end
  return before ~= blockers
end

set(keys.members, role)
set(keys.notifications, notifications)
set(keys.sanctions, sanctions)
set_handle()
local has_new_blockers = role ~= '' and set_blocks()
if (before.role == '') ~= (role == '') then begin_reading() end

-- What somebody wants to be told is their own business, and what holds for them that of the moderators, who are told apart.
-- That somebody blocks them is nobody's but the blocker's.
local is_same = role == before.role and handle == before.handle
local is_theirs = notifications ~= before.notifications or sanctions ~= before.sanctions or has_new_blockers
if not is_same or not is_theirs then
  if args.removal ~= '' then publish(args.events_channel, 'removed', '-', '0', args.removal) end
  local told = role == '' and 'null' or '"' .. role .. '"'
  publish(args.events_channel, 'member', '-', '0', '{"room":' .. args.room_id .. ',"user":' .. user .. ',"role":' .. told .. '}')
end
return sanctions == before.sanctions and 1 or 2
