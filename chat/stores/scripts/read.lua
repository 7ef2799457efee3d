-- Move a member's read marker and tell their devices: forward by itself, back only where that is asked for; never past the
-- newest message.
-- KEYS 1 room  2 members  3 read  4 turns
-- ARGV 1 user  2 room id  3 seq  4 the person's channel  5 to go back: where the marker was seen, else ''
--      6... to go back: what they wrote from there up to where the marker was seen, by seq
-- Returns {'ok', read, unread, mentions, epoch, seq, rev}, {'moved'} when the marker was not where it was seen,
-- {'refused', code, '0'} or {'recover'}.
local user = ARGV[1]
local facts = redis.call('HMGET', KEYS[1], 'kind', 'epoch', 'seq', 'rev', 'run_id')
if redis.call('HEXISTS', KEYS[2], user) == 0 then return outside(facts[1]) end
if facts[5] ~= run_id() then return {'recover'} end
local head, back = tonumber(facts[3]), ARGV[5] ~= ''
local before = tonumber(redis.call('HGET', KEYS[3], user) or 0)
local read = math.min(tonumber(ARGV[3]), head)
if back and tonumber(ARGV[5]) ~= before then return {'moved'} end

if read > before or (back and read < before) then
  redis.call('HSET', KEYS[3], user, digits(read))
  if read < before then
    -- A marker of a later turn is newer, wherever it is: the record and a recovery must not move it forward again.
    redis.call('HINCRBY', KEYS[4], user, 1)
    for i = 6, #ARGV do
      if not redis.call('ZSCORE', room .. ':deleted', ARGV[i]) then leave_out(':own:' .. user, ARGV[i], head, true) end
    end
  else
    redis.call('ZREMRANGEBYSCORE', room .. ':own:' .. user, '-inf', digits(read))
  end
  local turned = read < before and ',"back":true' or ''
  publish(ARGV[4], 'read', '-', '0', '{"room":' .. ARGV[2] .. ',"seq":' .. digits(read) .. turned .. '}')
else
  read = before
end
local unread, mentions = unread_of(user, head, read)
return {'ok', digits(read), digits(unread), digits(mentions), facts[2], facts[3], facts[4]}
