-- Put before scripts that name people or count what somebody has not read. Nothing is counted by looking at messages. Beside
-- the room's hash, each scored by seq:
--   deleted         what is deleted now
--   mentions(user)  what names a member; `mentions(0)` what names everyone, and is not in the others
--   mentions(-user) what a member named everyone in: no mention to themself
--   own(user)       what a member wrote above their own read marker
-- What somebody writes calls nobody who blocks them: it is no mention, and an @room of theirs is in the blocker's
-- `mentions(-user)`. `blocks` has the blockers of each member; `ever/<user>` those who once blocked them, too, so that what
-- was left out for them is found again. A block holds for what is written from then on.
-- `deleted` and `own` look back over the newest UNREAD_MOST messages, as counts of unread messages do; of each kind of mention
-- the newest MENTIONS_MOST are kept.
-- The ids of the members named, 0 for everyone, or nil for nobody. From ARGV[at] on: in how large a room anybody may name
-- everyone, '' = nobody did; then the spellings of each other name, separated by spaces, the likeliest first.
local function people_named(members, handles, moderates, at)
  if ARGV[at] == '' and not ARGV[at + 1] then return nil end
  local ids, seen = {}, {}
  if ARGV[at] ~= '' and (moderates or redis.call('HLEN', members) <= tonumber(ARGV[at])) then ids[1] = 0 end
  for i = at + 1, #ARGV do
    for handle in string.gmatch(ARGV[i], '%S+') do
      local user = redis.call('HGET', handles, '@' .. handle)
      if user and not seen[user] then ids[#ids + 1] = tonumber(user) end
      if user then seen[user] = true; break end
    end
  end
  return #ids > 0 and ids or nil
end

local function count_mention(user, seq, counts)
  local mentions = mentions_key(user)
  if not counts then return redis.call('ZREM', mentions, seq) end
  redis.call('ZADD', mentions, seq, seq)
  redis.call('ZREMRANGEBYRANK', mentions, 0, -MENTIONS_MOST - 1)
end

local function is_among(ids, id)
  return string.find(ids, ' ' .. id .. ' ', 1, true) ~= nil
end

-- What names everyone names neither its author nor those who block them.
local function count_call(author, seq, blockers, counts)
  count_mention('0', seq, counts)
  count_mention('-' .. author, seq, counts)
  if not counts then blockers = redis.call('HGET', blocks_key(), 'ever/' .. author) or '' end
  for blocker in string.gmatch(blockers, '%d+') do count_mention('-' .. blocker, seq, counts) end
end

-- Let a message of these ids count as a mention to each of them, or not any more. Nobody is mentioned by themself.
local function count_mentions(author, seq, ids, counts)
  if not ids then return end
  local blockers = redis.call('HGET', blocks_key(), author) or ''
  if ids[1] == 0 then return count_call(author, seq, blockers, counts) end
  for _, id in ipairs(ids) do
    id = digits(id)
    if id ~= author and not (counts and is_among(blockers, id)) then count_mention(id, seq, counts) end
  end
end

-- Leave a message out of what counts as unread: to everybody (`deleted`) or to its author (`own`); or let it count.
local function leave_out(from, seq, head, leaves)
  if not leaves then return redis.call('ZREM', from, seq) end
  redis.call('ZADD', from, seq, seq)
  if seq % 100 == 0 then redis.call('ZREMRANGEBYSCORE', from, '-inf', digits(head - UNREAD_MOST)) end
end

-- How many messages a member has not read, and how many of them mention them.
local function unread_of(user, head, read)
  if read >= head then return 0, 0 end
  local from = math.max(read, head - UNREAD_MOST)
  local function above(marker, counted)
    return redis.call('ZCOUNT', counted, '(' .. digits(marker), '+inf')
  end
  local unread = head - from - above(from, deleted_key()) - above(from, own_key(user))
  local mentions = above(read, mentions_key(user)) + above(read, mentions_key('0')) - above(read, mentions_key('-' .. user))
  return unread, mentions
end

-- Between two people a block of either ends it; in a larger direct room the others go on. Returns the refusal, or nil.
local function refused_by_block(kind, members, user)
  if kind ~= 'direct' or redis.call('EXISTS', blocks_key()) == 0 or redis.call('HLEN', members) ~= 2 then return end
  if redis.call('HEXISTS', blocks_key(), user) == 1 then return refused('forbidden', 0, NOT_ACCEPTED) end
  for _, other in ipairs(redis.call('HKEYS', members)) do
    if redis.call('HEXISTS', blocks_key(), other) == 1 then return refused('forbidden', 0, BLOCKED_BY_YOU) end
  end
end
