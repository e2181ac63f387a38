-- Puts calls of a quota back. KEYS: the usage of a client. ARGV: first day of their period; the day on which they were counted; calls.
local b = redis.call('HGET', KEYS[1], 'b')
local calls = tonumber(ARGV[3])
if not b then return {0} end
local same = tonumber(b) == tonumber(ARGV[1])
if same then redis.call('HINCRBY', KEYS[1], 'r', calls) end
local n, left = pair(redis.call('HGET', KEYS[1], 'D' .. ARGV[2]))
if n > 0 then
  redis.call('HSET', KEYS[1], 'D' .. ARGV[2],
    whole(math.max(0, n - calls)) .. ' ' .. whole(left + (same and tonumber(b) > 0 and calls or 0)))
end
return {1}
