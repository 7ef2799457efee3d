-- Bring an archived message within reach of the scripts that amend, unless it is there already.
-- KEYS 1 amended  2 cold  3 the message's reactions   ARGV 1 seq  2 message JSON  3 amendment state or ''  4... emoji|user, ms, ...
redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2])
if ARGV[3] == '' or redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[3]) == 0 then return 0 end
for i = 4, #ARGV, 2 do redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1]) end
return 1
