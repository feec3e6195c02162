package org.muster.cache.infinispan;

final class LocalLevelTest extends InfinispanContract {
  LocalLevelTest() {
    super(Sharing.LOCAL);
  }
}
