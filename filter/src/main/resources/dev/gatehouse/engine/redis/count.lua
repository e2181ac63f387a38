-- Counts a call in everything that limits it, or in nothing.
-- KEYS: the usage of the client, unless the limit is '-'; a bucket for each further limit.
-- ARGV: time, or '' for this server's; after which time nobody waits any more, or ''; nodes;
--   limit of the quota, period, offset; eight numbers that are known; pending; spare calls of the quota;
--   for each bucket: rate, burst, spare tokens.
-- Answers: who refused, -1 for nobody, 0 for the quota, and then the buckets, or -2 where nobody waits; microseconds until
--   it would not, -1 for ever; the time; spare calls; b, e, u, r, x, g, day, n; for each bucket: whole tokens left, spare tokens.
local now = time_of(ARGV[1])
if ARGV[2] ~= '' and now > tonumber(ARGV[2]) then return {-2, 0, now} end
local nodes = tonumber(ARGV[3])
local has_client = ARGV[4] ~= '-'
local refused, retry = -1, 0

local usage
if has_client then
  usage = usage_of(KEYS[1], now, plan_from(4), known_from(7), tonumber(ARGV[15]))
  if usage.limit and left_of(usage) < 1 then refused = 0 end
end

local first = has_client and 1 or 0
local buckets = {}
for i = 1, #KEYS - first do
  local at = 17 + (i - 1) * 3
  local b = {
    key = KEYS[first + i], rate = tonumber(ARGV[at]), burst = tonumber(ARGV[at + 1]), spare = tonumber(ARGV[at + 2])
  }
  buckets[i] = b
  if b.rate == 0 or b.burst == 0 then
    b.missing, b.tokens = 0, 0
    if refused == -1 then refused, retry = i, -1 end
  else
    b.missing = missing(b.key, b.rate, now)
    b.tokens = b.burst - b.missing
    if b.tokens < 1 - 1e-9 and refused == -1 then
      local wait = math.ceil((1 - b.tokens) / b.rate * 1000000)
      refused, retry = i, wait < 9e15 and wait or -1
    end
  end
end

-- the nearer the end, the less goes in advance: the last ones are decided here, one by one
local function spared(wanted, left)
  return math.max(0, math.min(wanted, math.floor(left / (2 * nodes))))
end

local spare_calls = 0
if refused == -1 then
  if usage then
    spare_calls = spared(tonumber(ARGV[16]), left_of(usage) - 1)
    if usage.limit then usage.u = usage.u + 1 + spare_calls end
    usage.n = usage.n + 1 + spare_calls
    usage.changed = true
  end
  for _, b in ipairs(buckets) do
    b.spare = spared(b.spare, b.tokens - 1)
    b.tokens = b.tokens - 1 - b.spare
    keep(b.key, b.missing + 1 + b.spare, b.rate, now)
  end
end
if usage and usage.changed then keep_usage(usage) end

local answer = {refused, retry, now, spare_calls}
for _, number in ipairs(usage and told(usage) or {0, 0, 0, 0, 0, 0, 0, 0}) do
  answer[#answer + 1] = number
end
for _, b in ipairs(buckets) do
  answer[#answer + 1] = math.max(0, math.floor(b.tokens + 1e-9))
  answer[#answer + 1] = refused == -1 and b.spare or 0
end
return answer
