-- KEYS: index. ARGV: what cells begin with, how many to weigh.
-- Gives how many entries there are, how many were weighed, and their bytes.
local members = redis.call('ZRANGE', KEYS[1], 0, ARGV[2] - 1)
local weighed, bytes = 0, 0
for _, member in ipairs(members) do
  local length = redis.call('STRLEN', ARGV[1] .. member)
  if length > 0 then
    weighed = weighed + 1
    bytes = bytes + length + #member
  end
end
return { redis.call('ZCARD', KEYS[1]), weighed, bytes }
