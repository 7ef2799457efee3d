-- Delete many messages of one person, or bring back those that a purge deleted; who asks moderates, by the record.
-- USES counting amendment
-- ARGV direction author purge seqs...
--   direction: 'purge' or 'unpurge'; purge: its name
-- ANSWER purged: changed archived
--   changed: how many; archived: the seqs that have left the live log
local no = refusal()
if no then return no end
local purges, author, purge, changed, cold = args.direction == 'purge', tonumber(args.author), args.purge, 0, {}

local function purge_one(message, state)
  if state.deleted_by then return end
  leave_out_of_counts(message, state)
  state.deleted_by, state.deleted_at, state.purge, state.reacted = tonumber(user), now_ms(), purge, nil
  return state
end

local function unpurge_one(message, state)
  if not state.deleted_by or state.purge ~= purge then return end
  bring_back(message, state)
  return state
end

for i = seqs_from, #ARGV do
  seq = ARGV[i]
  local message, state = find_message()
  if not message then
    cold[#cold + 1] = seq
  elseif message.author.id == author then
    local amended = (purges and purge_one or unpurge_one)(message, state)
    if amended then
      amend(amended)
      changed = changed + 1
    end
  end
end
return answer('purged', {changed = changed, archived = cold})
