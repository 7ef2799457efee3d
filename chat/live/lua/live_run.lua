-- Whether all rooms were looked at in this run of Redis. A check that FLUSHALL or a restart overtook must not count.
-- KEYS 1 live:run  2 the mark of a check under way  3 the installation's id  4 live:id
-- ARGV 1 'ask', 'begin' or 'end'  2 seconds that the mark lives  3 our id, or '' to ask for none  4 a name for a live state
-- Returns {run_id, the run in which all rooms were checked or '', the id that is there, the live state's name}. A Redis that
-- was emptied becomes ours again, with a new name; in another installation's nothing is written.
local run, ours = run_id(), ARGV[3]
if ours ~= '' then
  redis.call('SET', KEYS[3], ours, 'NX')
  local holder = redis.call('GET', KEYS[3])
  if holder ~= ours then return {run, '', holder, ''} end
end
redis.call('SET', KEYS[4], ARGV[4], 'NX')
if ARGV[1] == 'begin' then
  redis.call('SET', KEYS[2], run, 'EX', ARGV[2])
elseif ARGV[1] == 'end' then
  if redis.call('GET', KEYS[2]) == run then redis.call('SET', KEYS[1], run) end
  redis.call('DEL', KEYS[2])
end
return {run, redis.call('GET', KEYS[1]) or '', ours, redis.call('GET', KEYS[4])}
