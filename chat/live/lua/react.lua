-- Put a reaction on a message or take it off. What is published counts people and names a few: it costs the same for 3 and
-- for 3,000.   ARGV 8 emoji  9 '1' on, '0' off  10 most emoji of one message  11 how many people are named
local no = refusal()
no = no or refused_by_block(facts[1], KEYS[3], user)
if no then return no end
local message, state = find_message()
if not message then return {'cold'} end
if state.deleted_by then return refused('not_found') end

local emoji, on, field = ARGV[8], ARGV[9] == '1', ARGV[8] .. '|' .. user
if (redis.call('HEXISTS', KEYS[8], field) == 1) == on then return unchanged() end

local reactions, index = state.reactions or {}, nil
for i, reaction in ipairs(reactions) do
  if reaction.emoji == emoji then index = i end
end
if on and not index then
  if #reactions >= tonumber(ARGV[10]) then return refused('conflict') end
  table.insert(reactions, {emoji = emoji, count = 0, by = {}})
  index = #reactions
end
local reaction, named = reactions[index], {}
for _, person in ipairs(reaction.by) do
  if person ~= tonumber(user) then named[#named + 1] = person end
end
if on then
  redis.call('HSET', KEYS[8], field, digits(now_ms()))
  if #named < tonumber(ARGV[11]) then named[#named + 1] = tonumber(user) end
else
  redis.call('HDEL', KEYS[8], field)
end
reaction.count, reaction.by = reaction.count + (on and 1 or -1), named
if reaction.count <= 0 then table.remove(reactions, index) end
state.reactions = #reactions > 0 and reactions or nil
state.reacted = {emoji = emoji, on = on}
return amend(state)
