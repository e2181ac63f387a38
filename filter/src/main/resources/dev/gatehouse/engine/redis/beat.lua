-- Says that a node lives. KEYS: the nodes. ARGV: its id; after how many microseconds without a word one is thought gone.
-- Answers: how many live.
local now = time_of('')
redis.call('ZADD', KEYS[1], whole(now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', whole(now - tonumber(ARGV[2])))
redis.call('PEXPIRE', KEYS[1], whole(tonumber(ARGV[2]) / 1000))
return {redis.call('ZCARD', KEYS[1])}
