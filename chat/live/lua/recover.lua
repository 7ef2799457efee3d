-- Make a live room what the record and the archive say, all of it or nothing: one that Redis lost, whole or in part, one that
-- is new here, and one whose record differs.
-- USES epochs
-- KEYS room log members read amended revisions cold handles notifications sanctions turns blocks
-- ARGV run seen_version seen_epoch seen_run content...
--   run: of Redis; seen: the room that the decision rests on, each '' where there was none
--   content, one after the other:
--      version, number of facts, field, value, ...;  number of members, user, role, handle, notifications or '',
--      turn and read marker or '' and '', ...;  number of people under sanctions, user, lines, ...;
--      number of blocked people, user, the members who block them, ...;
--      new epoch, or '' to leave the messages alone; then
--      seq, rev, revisions_from, archived rev, archived epoch, '1' = drop the log, '1' = drop the amendments and ends as well;
--      number of ends, epoch, 'seq rev', ...;  number of messages, JSON, ...;
--      number of amendments, seq, rev, state, number of reactions, emoji|user, ms, ...;
--      number of what is counted (counting.lua), its key, number of seqs, seq, ...
-- Returns 1, or 0 when the room is not what the decision rests on any more.
local at = content_from - 1
local function take()
  at = at + 1
  return ARGV[at]
end
local function count()
  return tonumber(take())
end
local room, log, members, read, amended, revisions = keys.room, keys.log, keys.members, keys.read, keys.amended, keys.revisions
local cold, handles, notifications, sanctions = keys.cold, keys.handles, keys.notifications, keys.sanctions
local turns, blocks = keys.turns, keys.blocks

local function forget(seq)
  redis.call('HDEL', amended, seq)
  redis.call('ZREM', revisions, seq)
  redis.call('DEL', reactions_key(seq))
end

local here = redis.call('HMGET', room, 'version', 'epoch', 'run_id')
local is_as_seen = (here[1] or '') == args.seen_version and (here[2] or '') == args.seen_epoch and (here[3] or '') == args.seen_run
if args.run ~= run_id() or not is_as_seen then return 0 end

redis.call('HSET', room, 'version', take())
for _ = 1, count() do redis.call('HSET', room, take(), take()) end
local people = {}
redis.call('DEL', members, handles, notifications)
for i = 1, count() do
  local user, role, handle, told = take(), take(), take(), take()
  redis.call('HSET', members, user, role)
  redis.call('HSET', handles, '@' .. handle, user, user, handle)
  if told ~= '' then redis.call('HSET', notifications, user, told) end
  people[i] = {user, tonumber(take()), tonumber(take())}
end
redis.call('DEL', sanctions)
for _ = 1, count() do redis.call('HSET', sanctions, take(), take()) end
-- Those who once blocked somebody are kept: where the counts stay, they are still left out of some (counting.lua).
local blocked = {}
for _ = 1, count() do
  local user, blockers = take(), take()
  blocked[user] = blockers
end
for _, user in ipairs(redis.call('HKEYS', blocks)) do
  if string.match(user, '^%d+$') and not blocked[user] then redis.call('HDEL', blocks, user) end
end
for user, blockers in pairs(blocked) do
  local ever = redis.call('HGET', blocks, 'ever/' .. user) or ' '
  for id in string.gmatch(blockers, '%d+') do
    if not string.find(ever, ' ' .. id .. ' ', 1, true) then ever = ever .. id .. ' ' end
  end
  redis.call('HSET', blocks, user, blockers, 'ever/' .. user, ever)
end

local function set_read_markers()
  local seq = tonumber(redis.call('HGET', room, 'seq'))
  for _, person in ipairs(people) do
    local user, turn, archived = unpack(person)
    -- Who is new here has nothing unread: what was said before they came is history.
    local marker = math.min(seq, archived or seq)
    local before, turned = tonumber(redis.call('HGET', read, user)), tonumber(redis.call('HGET', turns, user) or 0)
    if not before or (archived and (turn > turned or (turn == turned and marker > before))) then
      redis.call('HSET', read, user, digits(marker))
      if (turn or 0) > 0 then redis.call('HSET', turns, user, digits(turn)) end
    end
  end
end

local function set_counts()
  redis.call('DEL', deleted_key(), mentions_key('0'))
  for _, person in ipairs(people) do
    local user = person[1]
    redis.call('DEL', own_key(user), mentions_key(user), mentions_key('-' .. user))
  end
  for _ = 1, count() do
    local counted = take()
    redis.call('DEL', counted)
    for _ = 1, count() do
      local seq = take()
      redis.call('ZADD', counted, seq, seq)
    end
  end
end

local epoch = take()
if epoch == '' then
  set_read_markers()
  return 1
end

local seq, rev, revisions_from, archived_rev, archived_epoch = take(), take(), take(), take(), take()
-- What the archive never had and the live room has already forgotten cannot be told any more.
local forgotten = tonumber(redis.call('HGET', room, 'revisions_from') or 0)
if forgotten > math.max(tonumber(archived_rev), tonumber(revisions_from)) then revisions_from = digits(forgotten) end
redis.call('HSET', room, 'epoch', epoch, 'seq', seq, 'rev', rev, 'revisions_from', revisions_from, 'run_id', run_id())
set_read_markers()
if take() == '1' then redis.call('DEL', log) end
if take() == '1' then
  for _, changed in ipairs(redis.call('ZRANGE', revisions, 0, -1)) do forget(changed) end
  redis.call('DEL', amended)
  for _, field in ipairs(redis.call('HKEYS', room)) do
    if string.sub(field, 1, 6) == 'ended:' then redis.call('HDEL', room, field) end
  end
end
redis.call('DEL', cold)
for _ = 1, count() do redis.call('HSET', room, 'ended:' .. take(), take()) end
forget_old_ends(room, args.seen_epoch, archived_epoch)
for _ = 1, count() do redis.call('RPUSH', log, take()) end

-- What is archived and below the log may be older here than there; what is needed of it follows.
local floor = tonumber(seq) - redis.call('LLEN', log) + 1
for _, changed in ipairs(redis.call('ZRANGEBYSCORE', revisions, '-inf', archived_rev)) do
  if tonumber(changed) < floor then forget(changed) end
end
for _ = 1, count() do
  local changed, at_rev, state = take(), take(), take()
  local newer = tonumber(redis.call('ZSCORE', revisions, changed) or 0) < tonumber(at_rev)
  if newer then
    forget(changed)
    redis.call('HSET', amended, changed, state)
    redis.call('ZADD', revisions, at_rev, changed)
  end
  for _ = 1, count() do
    local field, ms = take(), take()
    if newer then redis.call('HSET', reactions_key(changed), field, ms) end
  end
end
set_counts()
return 1
