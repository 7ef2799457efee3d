-- Count a stall of an event loop.
-- KEYS metrics
-- ARGV ms
--   ms: for which it stood still
redis.call('HINCRBY', keys.metrics, 'stalls', 1)
redis.call('HINCRBY', keys.metrics, 'stalled_ms', args.ms)
local worst = tonumber(redis.call('HGET', keys.metrics, 'worst_stall_ms') or 0)
if tonumber(args.ms) > worst then redis.call('HSET', keys.metrics, 'worst_stall_ms', args.ms) end
