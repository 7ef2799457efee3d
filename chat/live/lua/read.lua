-- Move a member's read marker and tell their devices: forward by itself, back only where that is asked for, which begins a
-- turn; never past the newest message. Of two markers the one of the later turn is right, and of one turn the higher one.
-- USES counting
-- KEYS room members read turns
-- ARGV user room_id seq turn person_channel seen own...
--   turn: in which that was read, or ''
--   seen, own: to go back: where the marker was seen, else ''; and what they wrote between, by seq
-- ANSWER ok: read turn unread mentions epoch seq rev
-- ANSWER moved:
--   moved: the marker was not where it was seen
local user = args.user
local facts = redis.call('HMGET', keys.room, 'kind', 'epoch', 'seq', 'rev', 'run_id')
if redis.call('HEXISTS', keys.members, user) == 0 then return outside(facts[1]) end
if facts[5] ~= run_id() then return answer('recover') end
local head, back = tonumber(facts[3]), args.seen ~= ''
local before = tonumber(redis.call('HGET', keys.read, user) or 0)
local turn = tonumber(redis.call('HGET', keys.turns, user) or 0)
if back and tonumber(args.seen) ~= before then return answer('moved') end

local read = math.min(tonumber(args.seq), head)
-- What was read before the marker was moved back on another device, and is told only now.
local is_old = not back and args.turn ~= '' and tonumber(args.turn) < turn
if is_old or (read < before and not back) then read = before end

if read < before then
  turn = redis.call('HINCRBY', keys.turns, user, 1)
  for i = own_from, #ARGV do
    if not redis.call('ZSCORE', deleted_key(), ARGV[i]) then leave_out(own_key(user), ARGV[i], head, true) end
  end
elseif read > before then
  redis.call('ZREMRANGEBYSCORE', own_key(user), '-inf', digits(read))
end
if read ~= before then
  redis.call('HSET', keys.read, user, digits(read))
  note_change(args.room_id)
  local told = '{"room":' .. args.room_id .. ',"seq":' .. digits(read) .. ',"turn":' .. digits(turn) .. '}'
  publish(args.person_channel, 'read', '-', '0', told)
end
local unread, mentions = unread_of(user, head, read)
return answer('ok', {
  read = digits(read),
  turn = digits(turn),
  unread = digits(unread),
  mentions = digits(mentions),
  epoch = facts[2],
  seq = facts[3],
  rev = facts[4],
})
