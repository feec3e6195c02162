package org.muster.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Objects;
import org.muster.cache.coded.BytesCodec;
import org.muster.cache.coded.HitFigures;

/** What a hit in Redis costs, and what a bare one of Lettuce. To be run by hand. */
final class RedisFigures {
  private RedisFigures() {}

  public static void main(String[] arguments) {
    try (TestRedis redis = TestRedis.start();
        RedisNode node = redis.node();
        RedisLevel<byte[]> level = node.level("figures", 1_000_000, new BytesCodec());
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()));
        var connection = client.connect(ByteArrayCodec.INSTANCE)) {
      byte[][] keys = new byte[HitFigures.COUNT][];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = HitFigures.text(i).getBytes(UTF_8);
        connection.sync().set(keys[i], HitFigures.value());
      }
      new HitFigures(50_000)
          .run(
              "redis",
              level,
              number -> Objects.requireNonNull(connection.sync().get(keys[number])));
    }
    System.exit(0);
  }
}
