-- Put before the scripts that let an epoch begin: what a room remembers of those before.
local MOST_ENDS = 100

-- Forget the lowest ends, of which there is one a start of Redis: who comes from so far back gets a fresh window. Two stay in
-- any case: of the epoch that just ended, whose clients come back now, and of the one that was archived last, by which a room
-- is told from one of another past.
local function forget_old_ends(room, ended, archived)
  local ends, facts = {}, redis.call('HGETALL', room)
  for i = 1, #facts, 2 do
    local epoch = string.match(facts[i], '^ended:(.+)$')
    if epoch and epoch ~= ended and epoch ~= archived then
      local seq, rev = string.match(facts[i + 1], '^(%d+) (%d+)$')
      ends[#ends + 1] = {facts[i], tonumber(seq) or 0, tonumber(rev) or 0}
    end
  end
  table.sort(ends, function(one, other)
    return one[2] > other[2] or (one[2] == other[2] and one[3] > other[3])
  end)
  for i = MOST_ENDS + 1, #ends do redis.call('HDEL', room, ends[i][1]) end
end
