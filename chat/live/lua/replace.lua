-- Put other JSON in place of messages and of their amendment states, where they are still what the caller has read.
-- KEYS room log amended cold
-- ARGV changes...
--   changes: for each message its seq, the message as read or '', its new one, its state as read, its new one
-- Returns how many of them are now what the caller wants.
local head, done = tonumber(redis.call('HGET', keys.room, 'seq') or 0), 0

local function replace_message(seq, before, now)
  if before == '' then return true end
  local at = tonumber(seq) - head - 1
  if redis.call('LINDEX', keys.log, at) == before then
    redis.call('LSET', keys.log, at, now)
    return true
  end
  local is_cold = redis.call('HGET', keys.cold, seq) == before
  if is_cold then redis.call('HSET', keys.cold, seq, now) end
  return is_cold
end

for i = changes_from, #ARGV, 5 do
  local seq, before, now = ARGV[i], ARGV[i + 3], ARGV[i + 4]
  if (redis.call('HGET', keys.amended, seq) or '') == before and replace_message(seq, ARGV[i + 1], ARGV[i + 2]) then
    if now ~= before then redis.call('HSET', keys.amended, seq, now) end
    done = done + 1
  end
end
return done
