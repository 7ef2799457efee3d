-- Whether all rooms were looked at in this run of Redis. A check that FLUSHALL or a restart overtook must not count.
-- KEYS 1 live:run  2 the mark of a check under way   ARGV 1 'ask', 'begin' or 'end'  2 seconds that the mark lives
-- Returns {run_id, the run in which all rooms were checked or ''}.
local run = run_id()
if ARGV[1] == 'begin' then
  redis.call('SET', KEYS[2], run, 'EX', ARGV[2])
elseif ARGV[1] == 'end' then
  if redis.call('GET', KEYS[2]) == run then redis.call('SET', KEYS[1], run) end
  redis.call('DEL', KEYS[2])
end
return {run, redis.call('GET', KEYS[1]) or ''}
