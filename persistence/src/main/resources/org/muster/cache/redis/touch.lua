-- KEYS: cell. ARGV: mark, milliseconds. Others are told of each change, so there is none until an
-- eighth of the time has passed.
if redis.call('GETRANGE', KEYS[1], 14, 21) == ARGV[1]
    and redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) * 7 / 8 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return '1'
