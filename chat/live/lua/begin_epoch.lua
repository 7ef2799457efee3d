-- A new run of Redis may have lost the newest messages: what follows belongs to a new epoch, and the old one's end is kept.
-- KEYS 1 room   ARGV 1 the run of Redis in which the room was looked at  2 the new epoch  3 the one that was archived last
-- Returns 1 if it began, 0 if another process was first, the room is not there, or Redis has restarted once more.
local facts = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'rev', 'run_id', 'version')
local run = run_id()
if not facts[5] or facts[4] == run or ARGV[1] ~= run then return 0 end
redis.call('HSET', KEYS[1], 'ended:' .. facts[1], facts[2] .. ' ' .. facts[3], 'epoch', ARGV[2], 'run_id', run)
forget_old_ends(KEYS[1], facts[1], ARGV[3])
return 1
