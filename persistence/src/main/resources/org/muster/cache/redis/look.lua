-- KEYS: generation of the space, cell. Gives the generation and the cell's header.
return { redis.call('GET', KEYS[1]) or '', redis.call('GETRANGE', KEYS[2], 0, 45) }
