package org.muster.cache.infinispan;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheLevelContract;

/** A level in Infinispan does what every level must; each way to share it is one test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InfinispanContract extends CacheLevelContract {
  private final Sharing sharing;
  private final TestNodes nodes = new TestNodes(2);
  private InfinispanNode node;
  private InfinispanLevel<String> level;

  InfinispanContract(Sharing sharing) {
    this.sharing = sharing;
  }

  @BeforeAll
  void start() {
    if (sharing == Sharing.LOCAL) {
      node = TestNodes.alone(Optional.empty());
    } else {
      node = nodes.start(0);
      TestNodes.level(nodes.start(1), sharing);
    }
    level = TestNodes.level(node, sharing);
  }

  @AfterAll
  void stop() {
    nodes.close();
    node.close();
  }

  @Override
  protected CacheLevel<String> level() {
    return level;
  }

  @Override
  protected String overBound() {
    return "x".repeat(TestNodes.MAX_BYTES + 1);
  }

  @Override
  protected boolean corrupt(CacheKey key) {
    Spoiling.flip(node, "users", key);
    return true;
  }
}
