-- Puts tokens back. KEYS: a bucket. ARGV: time or ''; rate; tokens.
local now = time_of(ARGV[1])
local rate = tonumber(ARGV[2])
local before = missing(KEYS[1], rate, now)
if before > 0 then keep(KEYS[1], before - tonumber(ARGV[3]), rate, now) end
return {1}
