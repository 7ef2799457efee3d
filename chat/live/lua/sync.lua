-- What a member missed since (epoch, seq, rev), or the newest messages if that cannot be told truly.
-- USES counting
-- KEYS room log members read amended revisions notifications sanctions turns
-- ARGV user epoch seq rev most newest bytes
--   most: missed messages, and amendments; newest: messages otherwise
--   bytes: of messages and states; where what was missed takes more, the newest messages that fit
-- ANSWER complete|window: slug name kind topic state slow_mode role notifications epoch seq rev read turn unread mentions
-- ANSWER complete|window: messages states amended sanction
--   states: the amendment states of the messages; amended: states amended since, of messages up to seq
--   sanction: {kind, end, reason} of what holds for them, or {}
local facts = redis.call('HMGET', keys.room, 'slug', 'name', 'kind', 'topic', 'state', 'slow_mode', 'epoch', 'seq', 'rev',
  'run_id', 'ended:' .. args.epoch, 'revisions_from')
local role = redis.call('HGET', keys.members, args.user)
if not role then return outside(facts[3]) end
if facts[10] ~= run_id() then return answer('recover') end
local sanction, ends, reason = sanction_now(redis.call('HGET', keys.sanctions, args.user), now_ms())
if sanction == 'ban' then return refused_by_sanction(sanction, ends, reason, now_ms()) end

local seq, rev, epoch = tonumber(facts[8]), tonumber(facts[9]), facts[7]
local their_seq, their_rev, most = tonumber(args.seq), tonumber(args.rev), tonumber(args.most)
local floor = seq - redis.call('LLEN', keys.log)

-- Of an earlier epoch only what lies before its end is what we have, too.
local function known()
  if args.epoch == epoch then return their_seq <= seq and their_rev <= rev end
  local end_seq, end_rev = string.match(facts[11] or '', '^(%d+) (%d+)$')
  return end_seq and their_seq <= tonumber(end_seq) and their_rev <= tonumber(end_rev)
end

local complete = known() and their_seq >= floor and seq - their_seq <= most and their_rev >= tonumber(facts[12] or 0)
local amended, bytes = {}, tonumber(args.bytes)
if complete and their_rev < rev then
  local changed = redis.call('ZRANGEBYSCORE', keys.revisions, '(' .. digits(their_rev), '+inf', 'LIMIT', 0, most + 1)
  complete = #changed <= most
  for _, changed_seq in ipairs(complete and changed or {}) do
    if tonumber(changed_seq) <= their_seq and bytes >= 0 then
      local state = redis.call('HGET', keys.amended, changed_seq) or nil
      amended[#amended + 1], bytes = state, bytes - #(state or '')
    end
  end
  complete = complete and bytes >= 0
end

-- Up to `count` of the newest messages and their states, the newest first, as many as fit; a few at a time, so that no more are
-- read than are given.
local function newest(count)
  local messages, states = {}, {}
  while #messages < count do
    local part = math.min(50, count - #messages)
    local found = redis.call('LRANGE', keys.log, -#messages - part, -#messages - 1)
    local changed = states_of(keys.amended, seq - #messages - part + 1, part)
    for i = part, 1, -1 do
      bytes = bytes - #found[i] - #changed[i]
      if bytes < 0 then return messages, states end
      messages[#messages + 1], states[#states + 1] = found[i], changed[i]
    end
  end
  return messages, states
end

local count = complete and seq - their_seq or 0
local messages, states = newest(count)
if not complete or #messages < count then
  complete, amended, bytes = false, {}, tonumber(args.bytes)
  messages, states = newest(math.min(tonumber(args.newest), seq - floor))
end
local function reversed(list)
  local turned = {}
  for i = #list, 1, -1 do turned[#turned + 1] = list[i] end
  return turned
end
local read = redis.call('HGET', keys.read, args.user) or '0'
local turn = redis.call('HGET', keys.turns, args.user) or '0'
local unread, mentions = unread_of(args.user, seq, tonumber(read))
local notifications = redis.call('HGET', keys.notifications, args.user) or ''
return answer(complete and 'complete' or 'window', {
  slug = facts[1],
  name = facts[2],
  kind = facts[3],
  topic = facts[4],
  state = facts[5],
  slow_mode = facts[6],
  role = role,
  notifications = notifications,
  epoch = epoch,
  seq = facts[8],
  rev = facts[9],
  read = read,
  turn = turn,
  unread = digits(unread),
  mentions = digits(mentions),
  messages = reversed(messages),
  states = reversed(states),
  amended = amended,
  sanction = sanction and {sanction, digits(ends), reason} or {},
})
