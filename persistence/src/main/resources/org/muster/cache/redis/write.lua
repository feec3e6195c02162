-- KEYS: generation of the space, cell, index. ARGV: generation, condition (A always, V if vacant,
-- M if the mark is the next), mark, new cell, its milliseconds (0 for any), key's text.
-- Says N or G and the generation if it is another, 0 if the condition does not hold, else 1, or 2 if
-- an entry was there.
local generation = redis.call('GET', KEYS[1])
if not generation then
  return 'N'
end
if generation ~= ARGV[1] then
  return 'G' .. generation
end
local header = redis.call('GETRANGE', KEYS[2], 0, 21)
local mark, served = '', false
if #header == 22 and string.sub(header, 7, 14) == generation then
  mark = string.sub(header, 15, 22)
  served = string.sub(header, 6, 6) ~= 'V'
end
if (ARGV[2] == 'V' and served) or (ARGV[2] == 'M' and mark ~= ARGV[3]) then
  return '0'
end
if ARGV[5] == '0' then
  redis.call('SET', KEYS[2], ARGV[4])
else
  redis.call('SET', KEYS[2], ARGV[4], 'PX', ARGV[5])
end
if string.sub(ARGV[4], 6, 6) == 'V' then
  redis.call('ZREM', KEYS[3], ARGV[6])
else
  redis.call('ZADD', KEYS[3], 0, ARGV[6])
end
return served and '2' or '1'
