-- What a member missed since (epoch, seq, rev), or the newest messages if that cannot be told truly.
-- KEYS 1 room  2 log  3 members  4 read  5 amended  6 revisions  7 notifications  8 sanctions  9 turns
-- ARGV 1 user  2 epoch  3 seq  4 rev  5 most missed messages, and amendments  6 newest messages otherwise
-- Returns {'complete'|'window', slug, name, kind, topic, state, slow_mode, role, notifications, epoch, seq, rev, read, turn,
-- unread, mentions, {messages}, {their amendment states}, {states amended since, of messages up to seq}, {kind, end, reason of what
-- holds for them} or {}}, {'refused', code, ms} or {'recover'}.
local facts = redis.call('HMGET', KEYS[1], 'slug', 'name', 'kind', 'topic', 'state', 'slow_mode', 'epoch', 'seq', 'rev',
  'run_id', 'ended:' .. ARGV[2], 'revisions_from')
local role = redis.call('HGET', KEYS[3], ARGV[1])
if not role then return outside(facts[3]) end
if facts[10] ~= run_id() then return {'recover'} end
local sanction, ends, reason = sanction_now(redis.call('HGET', KEYS[8], ARGV[1]), now_ms())
if sanction == 'ban' then return refused_by_sanction(sanction, ends, reason, now_ms()) end

local seq, rev, epoch = tonumber(facts[8]), tonumber(facts[9]), facts[7]
local their_seq, their_rev, most = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local floor = seq - redis.call('LLEN', KEYS[2])

-- Of an earlier epoch only what lies before its end is what we have, too.
local function known()
  if ARGV[2] == epoch then return their_seq <= seq and their_rev <= rev end
  local end_seq, end_rev = string.match(facts[11] or '', '^(%d+) (%d+)$')
  return end_seq and their_seq <= tonumber(end_seq) and their_rev <= tonumber(end_rev)
end

local complete = known() and their_seq >= floor and seq - their_seq <= most and their_rev >= tonumber(facts[12] or 0)
local amended = {}
if complete and their_rev < rev then
  local changed = redis.call('ZRANGEBYSCORE', KEYS[6], '(' .. digits(their_rev), '+inf', 'LIMIT', 0, most + 1)
  complete = #changed <= most
  for _, changed_seq in ipairs(complete and changed or {}) do
    if tonumber(changed_seq) <= their_seq then
      amended[#amended + 1] = redis.call('HGET', KEYS[5], changed_seq) or nil
    end
  end
end

local count = complete and seq - their_seq or math.min(tonumber(ARGV[6]), seq - floor)
local messages = count > 0 and redis.call('LRANGE', KEYS[2], -count, -1) or {}
local read = redis.call('HGET', KEYS[4], ARGV[1]) or '0'
local turn = redis.call('HGET', KEYS[9], ARGV[1]) or '0'
local unread, mentions = unread_of(ARGV[1], seq, tonumber(read))
local notifications = redis.call('HGET', KEYS[7], ARGV[1]) or ''
return {complete and 'complete' or 'window', facts[1], facts[2], facts[3], facts[4], facts[5], facts[6], role, notifications,
  epoch, facts[8], facts[9], read, turn, digits(unread), digits(mentions), messages,
  states_of(KEYS[5], seq - #messages + 1, #messages), amended, sanction and {sanction, digits(ends), reason} or {}}
