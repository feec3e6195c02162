package org.muster.cache.infinispan;

final class ReplicatedLevelTest extends InfinispanContract {
  ReplicatedLevelTest() {
    super(Sharing.REPLICATED);
  }
}
