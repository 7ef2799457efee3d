-- Take a message from every screen; its text stays for who may restore it.
-- USES counting amendment
local no = refusal()
if no then return no end
local message, state = find_message()
if not message then return answer('cold') end
if state.deleted_by then return unchanged() end
if tostring(message.author.id) ~= user and not moderates then return by_another(message, state) end
leave_out_of_counts(message, state)
state.deleted_by, state.deleted_at, state.reacted = tonumber(user), now_ms(), nil
return amend(state)
