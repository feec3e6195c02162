package org.muster.cache.infinispan;

final class InvalidationLevelTest extends InfinispanContract {
  InvalidationLevelTest() {
    super(Sharing.INVALIDATION);
  }
}
