-- Change one's own message; what it said before is kept for moderators.
-- ARGV 8 the new text  9 most edits of one message  10 the word list by which it was judged
--      11 '', or what the list wants: 'refuse', 'hold', 'flag'  12... whom it names, as counting.lua takes it
-- Returns as the others, or {'withheld'} where the list wants it, or {'rules', JSON} when the room has another list.
local no = refusal()
no = no or refused_by_block(facts[1], KEYS[3], user)
if no then return no end
local message, state = find_message()
if not message then return {'cold'} end
if tostring(message.author.id) ~= user then return refused('forbidden') end
if state.deleted_by then return refused('not_found') end
if (facts[7] or '') ~= ARGV[10] then return {'rules', redis.call('HGET', KEYS[1], 'rules') or ''} end
local moderating = role == 'owner' or role == 'moderator'
if (ARGV[11] == 'refuse' or ARGV[11] == 'hold') and not moderating then return {'withheld'} end
local before = state.text or message.text
if before == ARGV[8] then return unchanged() end
state.history = state.history or {}
if #state.history >= tonumber(ARGV[9]) then return refused('conflict') end
local now = now_ms()
table.insert(state.history, {text = before, at = state.edited_at or message.sent_at})
count_mentions(user, seq, mentions_of(message, state), false)
state.text, state.edited_at, state.reacted = ARGV[8], now, nil
state.mentions = people_named(KEYS[3], KEYS[9], moderating, 12)
count_mentions(user, seq, state.mentions, true)
return amend(state)
