-- Whether all rooms were looked at in this run of Redis. A check that FLUSHALL or a restart overtook must not count.
-- KEYS live_run checking installation live_state
-- ARGV operation seconds installation name
--   operation: 'ask', 'begin' or 'end'; seconds: that the mark of a check under way lives
--   installation: our id, or '' to ask for none; name: for a live state
-- ANSWER: run checked holder name
--   run: of Redis now; checked: the run in which all rooms were checked, or ''; holder: the id that is there
-- A Redis that was emptied becomes ours again, with a new name; in another installation's nothing is written.
local run, ours = run_id(), args.installation
if ours ~= '' then
  redis.call('SET', keys.installation, ours, 'NX')
  local holder = redis.call('GET', keys.installation)
  if holder ~= ours then return answer('', {run = run, checked = '', holder = holder, name = ''}) end
end
redis.call('SET', keys.live_state, args.name, 'NX')
if args.operation == 'begin' then
  redis.call('SET', keys.checking, run, 'EX', args.seconds)
elseif args.operation == 'end' then
  if redis.call('GET', keys.checking) == run then redis.call('SET', keys.live_run, run) end
  redis.call('DEL', keys.checking)
end
return answer('', {
  run = run,
  checked = redis.call('GET', keys.live_run) or '',
  holder = ours,
  name = redis.call('GET', keys.live_state),
})
