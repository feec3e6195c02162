-- KEYS: generation of the space, all spaces, its outdated generations. ARGV: a new generation, name
-- of the space.
local old = redis.call('GET', KEYS[1])
redis.call('SET', KEYS[1], ARGV[1])
redis.call('SADD', KEYS[2], ARGV[2])
if old then
  redis.call('SADD', KEYS[3], old)
end
return ARGV[1]
