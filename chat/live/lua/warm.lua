-- Bring an archived message within reach of the scripts that amend, unless it is there already.
-- KEYS amended cold reactions
-- ARGV seq message state reacted...
--   state: the amendment state, or ''; reacted: emoji|user, ms, ...
redis.call('HSETNX', keys.cold, args.seq, args.message)
if args.state == '' or redis.call('HSETNX', keys.amended, args.seq, args.state) == 0 then return 0 end
for i = reacted_from, #ARGV, 2 do redis.call('HSET', keys.reactions, ARGV[i], ARGV[i + 1]) end
return 1
