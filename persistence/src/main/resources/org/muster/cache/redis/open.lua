-- KEYS: generation of the space, all spaces, what changes when all are cleared. ARGV: a new
-- generation, name of the space. Gives the generation and what the third key has.
local generation = redis.call('GET', KEYS[1])
if not generation then
  generation = ARGV[1]
  redis.call('SET', KEYS[1], generation)
end
redis.call('SADD', KEYS[2], ARGV[2])
return { generation, redis.call('GET', KEYS[3]) or '' }
