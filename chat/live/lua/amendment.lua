-- Put after common.lua and before each script that amends a message: who asks, what they ask about, and how it is kept.
-- KEYS 1 room  2 log  3 members  4 sanctions  5 amended  6 revisions  7 cold  8 the message's reactions  9 handles  10 read
--      11 the person's pace
-- ARGV 1 user  2 room id  3 seq, or seq and the epoch in which it was sent  4 events channel
--      5 '1' = the record lets them change what others wrote here
--      6 most changes at once, 0 = no limit  7 ms after which as many may follow  8... the script's own
-- The scripts return {'ok', rev}, {'refused', code, ms, words or nothing}, {'cold'} when the message has left the live log,
-- {'others', author, text, who deleted it or ''} where it takes the record to say whether they may, or {'recover'}.
local user = ARGV[1]
local seq, sent_in = string.match(ARGV[3], '^(%d+) ?(.*)$')
local facts = redis.call('HMGET', KEYS[1], 'kind', 'editors', 'epoch', 'seq', 'rev', 'run_id', 'rules_id')
local role = redis.call('HGET', KEYS[3], user)
local moderates = ARGV[5] == '1'

local function refused(code, ms)
  return {'refused', code, digits(ms or 0)}
end

local function stored_message()
  return redis.call('LINDEX', KEYS[2], tonumber(seq) - tonumber(facts[4]) - 1) or redis.call('HGET', KEYS[7], seq)
end

-- After a loss of Redis a number may be another message's than the one that a person still sees.
local function is_another()
  local stored = sent_in ~= '' and stored_message()
  return stored and string.match(stored, '"epoch":"([^"]*)"') ~= sent_in
end

local function too_fast()
  if ARGV[6] == '0' then return end
  local now = now_ms()
  local full, wait = take_token(redis.call('GET', KEYS[11]), tonumber(ARGV[6]), tonumber(ARGV[7]), now)
  if wait then return refused('rate_limited', wait) end
  redis.call('SET', KEYS[11], digits(full), 'PX', digits(math.ceil(full - now)))
end

-- Why this person may change nothing here, or nil.
local function refusal()
  if not role and not (moderates and facts[1]) then return outside(facts[1]) end
  -- A room without `editors` was projected by an earlier version.
  if facts[6] ~= run_id() or not facts[2] then return {'recover'} end
  if tonumber(seq) > tonumber(facts[4]) or is_another() then return refused('not_found') end
  if moderates then return end
  local sanction, ends, reason = sanction_now(redis.call('HGET', KEYS[4], user), now_ms())
  if sanction then return refused_by_sanction(sanction, ends, reason, now_ms()) end
  if not includes(facts[2], role) then return refused('room_closed') end
  return too_fast()
end

-- The message as it was sent, and its amendment state; nil when it has left the live log.
local function find_message()
  local stored = stored_message()
  if not stored then return nil end
  local state = redis.call('HGET', KEYS[5], seq)
  return cjson.decode(stored), state and cjson.decode(state) or {}
end

local function by_another(message, state)
  return {'others', digits(message.author.id), state.text or message.text, state.deleted_by and digits(state.deleted_by) or ''}
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
  leave_out(OWN .. author, seq, facts[4], false)
  leave_out(DELETED, seq, facts[4], true)
end

local function take_into_counts(message, state)
  local author = digits(message.author.id)
  count_mentions(author, seq, mentions_of(message, state), true)
  leave_out(DELETED, seq, facts[4], false)
  local is_unread = tonumber(seq) > tonumber(redis.call('HGET', KEYS[10], author) or 0)
  if is_unread then leave_out(OWN .. author, seq, facts[4], true) end
end

-- The text goes out with the change: the screens that forgot it need it back.
local function bring_back(message, state)
  take_into_counts(message, state)
  state.text, state.mentions = state.text or message.text, mentions_of(message, state)
  state.deleted_by, state.deleted_at, state.purge, state.reacted = nil, nil, nil, nil
end

-- What everyone sees of a state.
local function public_form(state)
  local form = {room = tonumber(ARGV[2]), seq = tonumber(seq), rev = state.rev, by = state.by, reacted = state.reacted}
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
  state.rev = redis.call('HINCRBY', KEYS[1], 'rev', 1)
  redis.call('HSET', KEYS[5], seq, cjson.encode(state))
  redis.call('ZADD', KEYS[6], state.rev, seq)
  publish(ARGV[4], 'amended', facts[3], digits(state.rev), public_form(state))
  return {'ok', digits(state.rev)}
end

local function unchanged()
  return {'ok', facts[5]}
end
