-- Change one's own message; what it said before is kept for moderators.
-- USES counting amendment
-- ARGV text most_edits list_id verdict named...
--   most_edits: of one message; list_id: the word list by which it was judged
--   verdict: '', or what the list wants: 'refuse', 'hold', 'flag'; named: as counting.lua takes it
-- ANSWER withheld:
-- ANSWER rules: list
--   withheld: the list wants it; rules: the room has another list, as JSON
local no = refusal()
no = no or refused_by_block(facts[1], keys.members, user)
if no then return no end
local message, state = find_message()
if not message then return answer('cold') end
if tostring(message.author.id) ~= user then return refused('forbidden') end
if state.deleted_by then return refused('not_found') end
if (facts[7] or '') ~= args.list_id then return answer('rules', {list = redis.call('HGET', keys.room, 'rules') or ''}) end
local moderating = role == 'owner' or role == 'moderator'
if (args.verdict == 'refuse' or args.verdict == 'hold') and not moderating then return answer('withheld') end
local before = state.text or message.text
if before == args.text then return unchanged() end
state.history = state.history or {}
if #state.history >= tonumber(args.most_edits) then return refused('conflict') end
local now = now_ms()
table.insert(state.history, {text = before, at = state.edited_at or message.sent_at})
count_mentions(user, seq, mentions_of(message, state), false)
state.text, state.edited_at, state.reacted = args.text, now, nil
state.mentions = people_named(keys.members, keys.handles, moderating, named_from)
count_mentions(user, seq, state.mentions, true)
return amend(state)
