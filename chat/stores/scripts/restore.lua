-- Bring a deleted message back: its author may if they deleted it, and who moderates.
local no = refusal()
if no then return no end
local message, state = find_message()
if not message then return {'cold'} end
if not state.deleted_by then return unchanged() end
if not moderates then
  if tostring(message.author.id) ~= user then return by_another(message, state) end
  if tostring(state.deleted_by) ~= user then return refused('forbidden') end
end
bring_back(message, state)
return amend(state)
