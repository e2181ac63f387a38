-- Says what is left of a quota. KEYS: the usage of a client. ARGV: time or ''; limit, period, offset; eight numbers that are known;
--   pending; what is to be left. Answers: b, e, u, r, x, g, day, n.
local usage = usage_of(KEYS[1], time_of(ARGV[1]), plan_from(2), known_from(5), tonumber(ARGV[13]))
usage.x = tonumber(ARGV[14]) + usage.u - usage.r - usage.limit
usage.g = usage.g + 1
keep_usage(usage)
return told(usage)
