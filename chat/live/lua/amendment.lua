-- Put before each script that amends a message: who asks, what they ask about, and how it is kept.
-- KEYS room log members sanctions amended revisions cold reactions handles read pace_of_changes
-- ARGV user room_id seq events_channel moderates most_changes changes_ms
--   seq: the number, or the number and the epoch in which the message was sent
--   moderates: '1' = the record lets them change what others wrote here
--   most_changes: at once, '0' = no limit; changes_ms: after which as many may follow
-- ANSWER ok: rev
-- ANSWER cold:
-- ANSWER others: author text deleted_by
--   cold: the message has left the live log
--   others: it takes the record to say whether they may; deleted_by: or ''
local user = args.user
local seq, sent_in = string.match(args.seq, '^(%d+) ?(.*)$')
local facts = redis.call('HMGET', keys.room, 'kind', 'editors', 'epoch', 'seq', 'rev', 'run_id', 'rules_id')
local role = redis.call('HGET', keys.members, user)
local moderates = args.moderates == '1'

local function stored_message()
  return redis.call('LINDEX', keys.log, tonumber(seq) - tonumber(facts[4]) - 1) or redis.call('HGET', keys.cold, seq)
end

-- After a loss of Redis a number may be another message's than the one that a person still sees.
local function is_another()
  local stored = sent_in ~= '' and stored_message()
  return stored and string.match(stored, '"epoch":"([^"]*)"') ~= sent_in
end

local function too_fast()
  if args.most_changes == '0' then return end
  local now = now_ms()
  local full, wait = take_token(redis.call('GET', keys.pace_of_changes), tonumber(args.most_changes), tonumber(args.changes_ms), now)
  if wait then return refused('rate_limited', wait) end
  redis.call('SET', keys.pace_of_changes, digits(full), 'PX', digits(math.ceil(full - now)))
end

-- Why this person may change nothing here, or nil.
local function refusal()
  if not role and not (moderates and facts[1]) then return outside(facts[1]) end
  -- A room without `editors` was projected by an earlier version.
  if facts[6] ~= run_id() or not facts[2] then return answer('recover') end
  if tonumber(seq) > tonumber(facts[4]) or is_another() then return refused('not_found') end
  if moderates then return end
  local sanction, ends, reason = sanction_now(redis.call('HGET', keys.sanctions, user), now_ms())
  if sanction then return refused_by_sanction(sanction, ends, reason, now_ms()) end
  if not includes(facts[2], role) then return refused('room_closed') end
  return too_fast()
end

-- The message as it was sent, and its amendment state; nil when it has left the live log.
local function find_message()
  local stored = stored_message()
  if not stored then return nil end
  local state = redis.call('HGET', keys.amended, seq)
  return cjson.decode(stored), state and cjson.decode(state) or {}
end

local function by_another(message, state)
  local deleted_by = state.deleted_by and digits(state.deleted_by) or ''
  return answer('others', {author = digits(message.author.id), text = state.text or message.text, deleted_by = deleted_by})
end

-- Whom a message names as it stands: a text that was changed names others, or nobody.
local function mentions_of(message, state)
  if state.text then return state.mentions end
  return message.mentions
end

-- What is deleted is unread to nobody, and mentions nobody.
local function leave_out_of_counts(message, state)
  local author = digits(message.author.id)
  count_mentions(author, seq, mentions_of(message, state), false)
  leave_out(own_key(author), seq, facts[4], false)
  leave_out(deleted_key(), seq, facts[4], true)
end

local function take_into_counts(message, state)
  local author = digits(message.author.id)
  count_mentions(author, seq, mentions_of(message, state), true)
  leave_out(deleted_key(), seq, facts[4], false)
  local is_unread = tonumber(seq) > tonumber(redis.call('HGET', keys.read, author) or 0)
  if is_unread then leave_out(own_key(author), seq, facts[4], true) end
end

-- The text goes out with the change: the screens that forgot it need it back.
local function bring_back(message, state)
  take_into_counts(message, state)
  state.text, state.mentions = state.text or message.text, mentions_of(message, state)
  state.deleted_by, state.deleted_at, state.purge, state.reacted = nil, nil, nil, nil
end

-- What everyone sees of a state.
local function public_form(state)
  local form = {room = tonumber(args.room_id), seq = tonumber(seq), rev = state.rev, by = state.by, reacted = state.reacted}
  if state.deleted_by then
    form.deleted = true
  else
    form.text, form.mentions, form.edited_at, form.reactions = state.text, state.mentions, state.edited_at, state.reactions
  end
  return cjson.encode(form)
end

-- Number the change, keep it, publish it.
local function amend(state)
  state.seq, state.by = tonumber(seq), tonumber(user)
  state.rev = redis.call('HINCRBY', keys.room, 'rev', 1)
  redis.call('HSET', keys.amended, seq, cjson.encode(state))
  redis.call('ZADD', keys.revisions, state.rev, seq)
  note_change(args.room_id)
  publish(args.events_channel, 'amended', facts[3], digits(state.rev), public_form(state))
  return answer('ok', {rev = digits(state.rev)})
end

local function unchanged()
  return answer('ok', {rev = facts[5]})
end
