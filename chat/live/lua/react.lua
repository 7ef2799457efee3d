-- Put a reaction on a message or take it off. What is published counts people and names a few: it costs the same for 3 and
-- for 3,000.
-- USES counting amendment
-- ARGV emoji on most_emoji most_named
--   on: '1' on, '0' off; most_emoji: of one message; most_named: how many people are named
local no = refusal()
no = no or refused_by_block(facts[1], keys.members, user)
if no then return no end
local message, state = find_message()
if not message then return answer('cold') end
if state.deleted_by then return refused('not_found') end

local emoji, on, field = args.emoji, args.on == '1', args.emoji .. '|' .. user
if (redis.call('HEXISTS', keys.reactions, field) == 1) == on then return unchanged() end

local reactions, index = state.reactions or {}, nil
for i, reaction in ipairs(reactions) do
  if reaction.emoji == emoji then index = i end
end
if on and not index then
  if #reactions >= tonumber(args.most_emoji) then return refused('conflict') end
  table.insert(reactions, {emoji = emoji, count = 0, by = {}})
  index = #reactions
end
local reaction, named = reactions[index], {}
for _, person in ipairs(reaction.by) do
  if person ~= tonumber(user) then named[#named + 1] = person end
end
if on then
  redis.call('HSET', keys.reactions, field, digits(now_ms()))
  if #named < tonumber(args.most_named) then named[#named + 1] = tonumber(user) end
else
  redis.call('HDEL', keys.reactions, field)
end
reaction.count, reaction.by = reaction.count + (on and 1 or -1), named
if reaction.count <= 0 then table.remove(reactions, index) end
state.reactions = #reactions > 0 and reactions or nil
state.reacted = {emoji = emoji, on = on}
return amend(state)
