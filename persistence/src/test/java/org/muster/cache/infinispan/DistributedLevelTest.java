package org.muster.cache.infinispan;

final class DistributedLevelTest extends InfinispanContract {
  DistributedLevelTest() {
    super(Sharing.DISTRIBUTED);
  }
}
