-- KEYS 1 metrics   ARGV 1 ms for which an event loop stood still
redis.call('HINCRBY', KEYS[1], 'stalls', 1)
redis.call('HINCRBY', KEYS[1], 'stalled_ms', ARGV[1])
local worst = tonumber(redis.call('HGET', KEYS[1], 'worst_stall_ms') or 0)
if tonumber(ARGV[1]) > worst then redis.call('HSET', KEYS[1], 'worst_stall_ms', ARGV[1]) end
