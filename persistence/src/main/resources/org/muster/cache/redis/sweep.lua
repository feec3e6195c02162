-- KEYS: index of the generation. ARGV: what cells begin with, generation, how many.
-- Gives how many were looked at, and how many entries there were.
local popped = redis.call('ZPOPMIN', KEYS[1], ARGV[3])
local removed = 0
for i = 1, #popped, 2 do
  local cell = ARGV[1] .. popped[i]
  local header = redis.call('GETRANGE', cell, 0, 13)
  if #header == 14 and string.sub(header, 6, 6) ~= 'V'
      and string.sub(header, 7, 14) == ARGV[2] then
    redis.call('UNLINK', cell)
    removed = removed + 1
  end
end
return { #popped / 2, removed }
