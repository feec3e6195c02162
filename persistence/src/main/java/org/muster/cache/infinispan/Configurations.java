package org.muster.cache.infinispan;

import java.util.concurrent.TimeUnit;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfiguration;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.ShutdownHookBehavior;
import org.infinispan.configuration.global.UncleanShutdownAction;
import org.infinispan.eviction.EvictionStrategy;
import org.infinispan.partitionhandling.PartitionHandling;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;

/** What Infinispan is told of a node and its caches. */
final class Configurations {
  static final String FACTS = "muster_facts";
  static final String NOTICES = "muster_notices";
  private static final int MOST_NOTICES = 10_000;
  private static final int OWNERS = 2;

  private final NodeSettings settings;
  private final Storage storage;

  Configurations(NodeSettings settings, Storage storage) {
    this.settings = settings;
    this.storage = storage;
  }

  GlobalConfiguration global(ClassLoader loader) {
    GlobalConfigurationBuilder global = new GlobalConfigurationBuilder().classLoader(loader);
    global.cacheManagerName(settings.name()).jmx().disable();
    global.metrics().gauges(false).histograms(false);
    global.shutdown().hookBehavior(ShutdownHookBehavior.DONT_REGISTER);
    settings
        .network()
        .ifPresent(
            network ->
                global
                    .transport()
                    .defaultTransport()
                    .clusterName(settings.cluster())
                    .nodeName(settings.name())
                    .addProperty(JGroupsTransport.CHANNEL_CONFIGURATOR, new TcpStack(network)));
    storage
        .folder()
        .ifPresent(
            folder ->
                global
                    .globalState()
                    .enable()
                    .uncleanShutdownAction(UncleanShutdownAction.PURGE)
                    .persistentLocation(folder.toAbsolutePath().toString()));
    return global.build();
  }

  /** Generations and who ends: few, and they stay. */
  Configuration facts() {
    ConfigurationBuilder cache = cache(everywhere());
    persist(cache, FACTS);
    return cache.build();
  }

  /** They have done their duty when they were heard. */
  Configuration notices() {
    ConfigurationBuilder cache = cache(everywhere());
    cache.memory().maxCount(MOST_NOTICES).whenFull(EvictionStrategy.REMOVE);
    return cache.build();
  }

  Configuration level(LevelSettings level) {
    ConfigurationBuilder cache = cache(level.sharing().entries());
    if (level.maxBytes() > 0) {
      cache.memory().maxSize(Long.toString(level.maxBytes()));
    } else {
      cache.memory().maxCount(level.maxEntries());
    }
    cache.memory().whenFull(EvictionStrategy.REMOVE);
    persist(cache, level.name());
    return cache.build();
  }

  private CacheMode everywhere() {
    return settings.network().isPresent() ? CacheMode.REPL_SYNC : CacheMode.LOCAL;
  }

  private ConfigurationBuilder cache(CacheMode mode) {
    long millis = settings.timeout().toMillis();
    ConfigurationBuilder cache = new ConfigurationBuilder();
    cache.encoding().mediaType(MediaType.APPLICATION_OCTET_STREAM_TYPE);
    cache.locking().lockAcquisitionTimeout(millis, TimeUnit.MILLISECONDS);
    cache.clustering().cacheMode(mode);
    if (mode.isClustered()) {
      cache.clustering().remoteTimeout(millis, TimeUnit.MILLISECONDS);
      cache.clustering().partitionHandling().whenSplit(PartitionHandling.DENY_READ_WRITES);
      cache.clustering().hash().numOwners(OWNERS);
    }
    return cache;
  }

  private void persist(ConfigurationBuilder cache, String name) {
    if (storage.folder().isPresent()) {
      cache
          .persistence()
          .addSoftIndexFileStore()
          .dataLocation(name + "/data")
          .indexLocation(name + "/index")
          .purgeOnStartup(!storage.isKept());
    }
  }
}
