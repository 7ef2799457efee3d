-- Bring a deleted message back. Its author may if they deleted it themselves; whoever moderates, what a moderator deleted.
-- What its author deleted comes back by the site's staff alone.
-- USES counting amendment
-- ARGV restores_authors
--   restores_authors: '1' = the record lets them restore what its author deleted
local no = refusal()
if no then return no end
local message, state = find_message()
if not message then return answer('cold') end
if not state.deleted_by then return unchanged() end
local author, deleted_by = digits(message.author.id), digits(state.deleted_by)
if author == user then
  if deleted_by ~= user then return refused('forbidden') end
elseif not moderates then
  return by_another(message, state)
elseif deleted_by == author and args.restores_authors ~= '1' then
  -- Asked again here: the author may have deleted it since the record was asked.
  return refused('forbidden')
end
bring_back(message, state)
return amend(state)
