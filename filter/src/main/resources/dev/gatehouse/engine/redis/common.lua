-- What all scripts begin with. Times are microseconds, days are counted from 1970-01-01 in UTC.
-- A bucket is one text: the tokens that are missing, and when; it goes when none are. What is missing survives a change of the rate.
-- The usage of a key is a hash. Of the period it has b and e, first day and first day after it; u and r, calls counted and calls given
-- back, which only grow, so that of two that know them the higher number is the later one; x and g, calls granted and how often. For
-- each day it has D<day>, the calls of it and what was left then.

local DAYS_KEPT = 90
local LONGEST = 1e12

local function time_of(given)
  if given ~= '' then return tonumber(given) end
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end

local function whole(number)
  return string.format('%.0f', number)
end

-- ---- buckets

local function keep(key, tokens, rate, now)
  if tokens <= 0 then
    redis.call('DEL', key)
  else
    local until_full = rate > 0 and math.ceil(tokens / rate * 1000) + 1000 or LONGEST
    redis.call('SET', key, string.format('%.9f %.0f', tokens, now), 'PX', whole(math.min(LONGEST, until_full)))
  end
end

local function missing(key, rate, now)
  local text = redis.call('GET', key)
  if not text then return 0 end
  local tokens, at = string.match(text, '^(%S+) (%S+)$')
  tokens, at = tonumber(tokens), tonumber(at)
  -- a clock that was put back goes on from there, or nothing would drop until it is where it was
  if at > now then keep(key, tokens, rate, now) end
  local left = tokens - math.max(0, now - at) / 1000000 * rate
  return left > 0 and left or 0
end

-- ---- the calendar

local MONTHS = {31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31} -- from March on; February is what is left of the year

local function window(day, period, offset)
  local d = day - offset
  if period == 'DAY' then return d + offset, d + 1 + offset end
  if period == 'WEEK' then
    local begin = d - (d + 4) % 7 + offset
    return begin, begin + 7
  end
  -- years that begin in March, in eras of 400 of them, so that leap days come last
  local z = d + 719468
  local of_era = z % 146097
  local year = math.floor((of_era - math.floor(of_era / 1460) + math.floor(of_era / 36524)
    - math.floor(of_era / 146096)) / 365)
  local of_year = of_era - (365 * year + math.floor(year / 4) - math.floor(year / 100))
  local month = math.floor((5 * of_year + 2) / 153)
  local begin = d - (of_year - math.floor((153 * month + 2) / 5)) + offset
  local leap = (year + 1) % 4 == 0 and ((year + 1) % 100 ~= 0 or (year + 1) % 400 == 0)
  return begin, begin + (MONTHS[month + 1] or (leap and 29 or 28))
end

-- ---- what a key has used

local function pair(text)
  if not text then return 0, 0 end
  local calls, left = string.match(text, '^(%d+) (%d+)$')
  return tonumber(calls), tonumber(left)
end

-- plan: limit ('' for no quota), period, offset; known: what the node remembers, pending: what nobody counted yet
local function usage_of(key, now, plan, known, pending)
  local day = math.floor(now / 86400000000)
  local f = redis.call('HMGET', key, 'b', 'e', 'u', 'r', 'x', 'g', 'D' .. day)
  local u = {key = key, day = day, fresh = not f[7], changed = false, limit = tonumber(plan.limit)}
  u.b, u.e, u.u = tonumber(f[1] or 0), tonumber(f[2] or 0), tonumber(f[3] or 0)
  u.r, u.x, u.g, u.n = tonumber(f[4] or 0), tonumber(f[5] or 0), tonumber(f[6] or 0), (pair(f[7]))
  if u.limit then
    if day >= u.e then u.u, u.r, u.x, u.g = 0, 0, 0, 0 end
    local b, e = window(day, plan.period, plan.offset)
    -- a clock that is put back a little begins no period anew that is over
    if not (u.e ~= 0 and day == u.b - 1) then u.b, u.e = b, e end
    if known.b == u.b and known.e == u.e then
      if known.u > u.u or known.r > u.r then
        u.u, u.r, u.changed = math.max(u.u, known.u), math.max(u.r, known.r), true
      end
      if known.g > u.g then u.x, u.g, u.changed = known.x, known.g, true end
      u.u = u.u + pending
    end
  else
    u.b, u.e, u.u, u.r, u.x, u.g = 0, 0, 0, 0, 0, 0
  end
  if known.day == day then
    if u.fresh and known.n > 0 then u.n, u.changed = known.n, true end
    u.n = u.n + pending
  elseif pending > 0 then
    local calls, left = pair(redis.call('HGET', key, 'D' .. known.day))
    redis.call('HSET', key, 'D' .. known.day, whole(calls + pending) .. ' ' .. whole(left))
  end
  u.changed = u.changed or pending > 0
  return u
end

local function left_of(u)
  if not u.limit then return 9007199254740991 end
  return math.max(0, u.limit + u.x - u.u + u.r)
end

local function keep_usage(u)
  redis.call('HSET', u.key, 'b', whole(u.b), 'e', whole(u.e), 'u', whole(u.u), 'r', whole(u.r), 'x', whole(u.x), 'g', whole(u.g),
    'D' .. u.day, whole(u.n) .. ' ' .. whole(left_of(u)))
  if u.fresh then
    for _, field in ipairs(redis.call('HKEYS', u.key)) do
      local day = string.match(field, '^D(%d+)$')
      if day and tonumber(day) <= u.day - DAYS_KEPT then redis.call('HDEL', u.key, field) end
    end
    redis.call('EXPIRE', u.key, (DAYS_KEPT + 31) * 86400)
  end
end

local function known_from(first)
  return {
    b = tonumber(ARGV[first]), e = tonumber(ARGV[first + 1]), u = tonumber(ARGV[first + 2]),
    r = tonumber(ARGV[first + 3]), x = tonumber(ARGV[first + 4]), g = tonumber(ARGV[first + 5]),
    day = tonumber(ARGV[first + 6]), n = tonumber(ARGV[first + 7])
  }
end

local function plan_from(first)
  return {limit = ARGV[first], period = ARGV[first + 1], offset = tonumber(ARGV[first + 2])}
end

local function told(u)
  return {u.b, u.e, u.u, u.r, u.x, u.g, u.day, u.n}
end
