-- KEYS: index. ARGV: least and most text, how many, what cells begin with, generation.
-- Gives how many were gone, the last one that was looked at, and those that are there.
local members = redis.call('ZRANGEBYLEX', KEYS[1], ARGV[1], ARGV[2], 'LIMIT', 0, ARGV[3])
local found = { 0, '' }
for _, member in ipairs(members) do
  found[2] = member
  local header = redis.call('GETRANGE', ARGV[4] .. member, 0, 13)
  if #header == 14 and string.sub(header, 6, 6) ~= 'V'
      and string.sub(header, 7, 14) == ARGV[5] then
    found[#found + 1] = member
  else
    redis.call('ZREM', KEYS[1], member)
    found[1] = found[1] + 1
  end
end
return found
