-- A new run of Redis may have lost the newest messages: what follows belongs to a new epoch, and the old one's end is kept.
-- USES epochs
-- KEYS room
-- ARGV run epoch archived_epoch
--   run: the run of Redis in which the room was looked at; epoch: the new one; archived_epoch: the one that was archived last
-- Returns 1 if it began, 0 if another process was first, the room is not there, or Redis has restarted once more.
local facts = redis.call('HMGET', keys.room, 'epoch', 'seq', 'rev', 'run_id', 'version')
local run = run_id()
if not facts[5] or facts[4] == run or args.run ~= run then return 0 end
redis.call('HSET', keys.room, 'ended:' .. facts[1], facts[2] .. ' ' .. facts[3], 'epoch', args.epoch, 'run_id', run)
forget_old_ends(keys.room, facts[1], args.archived_epoch)
return 1
