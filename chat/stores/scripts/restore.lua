-- Bring a deleted message back: who deleted it may, and moderators.
local no = refusal()
if no then return no end
local message, state = find_message()
if not message then return {'cold'} end
local deleted_it = state.deleted_by and tostring(state.deleted_by) == user
if not moderates and not deleted_it then
  return refused(tostring(message.author.id) == user and 'forbidden' or 'not_found')
end
if not state.deleted_by then return unchanged() end
state.deleted_by, state.deleted_at, state.reacted = nil, nil, nil
-- The text goes out with the change: the screens that forgot it need it back.
state.text = state.text or message.text
return amend(state)
