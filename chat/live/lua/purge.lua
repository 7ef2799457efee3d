-- Delete many messages of one person, or bring back those that a purge deleted; who asks moderates, by the record.
-- ARGV 8 'purge' or 'unpurge'  9 the author  10 the purge's name  11... seqs
-- Returns {'ok', how many were changed, {seqs that have left the live log}} or {'recover'}.
local no = refusal()
if no then return no end
local purges, author, purge, changed, cold = ARGV[8] == 'purge', tonumber(ARGV[9]), ARGV[10], 0, {}

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

for i = 11, #ARGV do
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
return {'ok', changed, cold}
