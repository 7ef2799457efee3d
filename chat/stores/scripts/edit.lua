-- Change one's own message; what it said before is kept for moderators.
-- ARGV 6 the new text  7 most edits of one message  8... whom it names, as counting.lua takes it
local no = refusal()
if no then return no end
local message, state = find_message()
if not message then return {'cold'} end
if tostring(message.author.id) ~= user then return refused('forbidden') end
if state.deleted_by then return refused('not_found') end
local before = state.text or message.text
if before == ARGV[6] then return unchanged() end
state.history = state.history or {}
if #state.history >= tonumber(ARGV[7]) then return refused('conflict') end
local now = now_ms()
table.insert(state.history, {text = before, at = state.edited_at or message.sent_at})
count_mentions(user, seq, mentions_of(message, state), false)
state.text, state.edited_at, state.reacted = ARGV[6], now, nil
state.mentions = people_named(KEYS[3], KEYS[9], role == 'owner' or role == 'moderator', 8)
count_mentions(user, seq, state.mentions, true)
return amend(state)
