package org.muster.cache.redis;

import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheLevelContract;
import org.muster.cache.coded.TextCodec;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RedisLevelTest extends CacheLevelContract {
  private static final int MAX_BYTES = 1_000_000;

  private TestRedis redis;
  private RedisNode node;
  private RedisLevel<String> level;

  @BeforeAll
  void start() {
    redis = TestRedis.start();
    node = redis.node();
    level = node.level("users", MAX_BYTES, new TextCodec());
  }

  @AfterAll
  void stop() {
    level.close();
    node.close();
    redis.close();
  }

  @Override
  protected CacheLevel<String> level() {
    return level;
  }

  @Override
  protected String overBound() {
    return "x".repeat(MAX_BYTES + 1);
  }

  @Override
  protected boolean corrupt(CacheKey key) {
    byte[] name = level.names().cell(key);
    return redis.bare(
        connection -> {
          byte[] cell = Objects.requireNonNull(connection.sync().get(name));
          cell[cell.length - 1] ^= 1;
          connection.sync().set(name, cell);
          return true;
        });
  }
}
