-- Looks for an answer. KEYS: how often stages were flushed; what answers begin with. ARGV: a stage; a question.
-- Answers: how often the stage was flushed; the answer, or nothing.
local flushes = redis.call('HGET', KEYS[1], ARGV[1]) or '0'
return {tonumber(flushes), redis.call('GET', KEYS[2] .. ARGV[1] .. '/' .. flushes .. '/' .. ARGV[2])}
