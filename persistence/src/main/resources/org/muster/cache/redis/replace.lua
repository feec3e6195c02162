-- KEYS: cell, index. ARGV: cell that is there, new cell, its milliseconds, key's text.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return '0'
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('ZREM', KEYS[2], ARGV[4])
return '1'
