-- Put other JSON in place of messages and of their amendment states, where they are still what the caller has read.
-- KEYS 1 room  2 log  3 amended  4 cold   ARGV for each message: seq, message as read or '', its new one, state as read, its new one
-- Returns how many of them are now what the caller wants.
local head, done = tonumber(redis.call('HGET', KEYS[1], 'seq') or 0), 0

local function replace_message(seq, before, now)
  if before == '' then return true end
  local at = tonumber(seq) - head - 1
  if redis.call('LINDEX', KEYS[2], at) == before then
    redis.call('LSET', KEYS[2], at, now)
    return true
  end
  local is_cold = redis.call('HGET', KEYS[4], seq) == before
  if is_cold then redis.call('HSET', KEYS[4], seq, now) end
  return is_cold
end

for i = 1, #ARGV, 5 do
  local seq, before, now = ARGV[i], ARGV[i + 3], ARGV[i + 4]
  if (redis.call('HGET', KEYS[3], seq) or '') == before and replace_message(seq, ARGV[i + 1], ARGV[i + 2]) then
    if now ~= before then redis.call('HSET', KEYS[3], seq, now) end
    done = done + 1
  end
end
return done
