-- Move a member's read marker and tell their devices: forward by itself, back only where that is asked for, which begins a
-- turn; never past the newest message. Of two markers the one of the later turn is right, and of one turn the higher one.
-- KEYS 1 room  2 members  3 read  4 turns
-- ARGV 1 user  2 room id  3 seq  4 the turn in which that was read, or ''  5 the person's channel
--      6 to go back: where the marker was seen, else ''  7... to go back: what they wrote between, by seq
-- Returns {'ok', read, turn, unread, mentions, epoch, seq, rev}, {'moved'} when the marker was not where it was seen,
-- {'refused', code, '0'} or {'recover'}.
local user = ARGV[1]
local facts = redis.call('HMGET', KEYS[1], 'kind', 'epoch', 'seq', 'rev', 'run_id')
if redis.call('HEXISTS', KEYS[2], user) == 0 then return outside(facts[1]) end
if facts[5] ~= run_id() then return {'recover'} end
local head, back = tonumber(facts[3]), ARGV[6] ~= ''
local before = tonumber(redis.call('HGET', KEYS[3], user) or 0)
local turn = tonumber(redis.call('HGET', KEYS[4], user) or 0)
if back and tonumber(ARGV[6]) ~= before then return {'moved'} end

local read = math.min(tonumber(ARGV[3]), head)
-- What was read before the marker was moved back on another device, and is told only now.
local is_old = not back and ARGV[4] ~= '' and tonumber(ARGV[4]) < turn
if is_old or (read < before and not back) then read = before end

if read < before then
  turn = redis.call('HINCRBY', KEYS[4], user, 1)
  for i = 7, #ARGV do
    if not redis.call('ZSCORE', room .. DELETED, ARGV[i]) then leave_out(OWN .. user, ARGV[i], head, true) end
  end
elseif read > before then
  redis.call('ZREMRANGEBYSCORE', room .. OWN .. user, '-inf', digits(read))
end
if read ~= before then
  redis.call('HSET', KEYS[3], user, digits(read))
  local told = '{"room":' .. ARGV[2] .. ',"seq":' .. digits(read) .. ',"turn":' .. digits(turn) .. '}'
  publish(ARGV[5], 'read', '-', '0', told)
end
local unread, mentions = unread_of(user, head, read)
return {'ok', digits(read), digits(turn), digits(unread), digits(mentions), facts[2], facts[3], facts[4]}
