package org.muster.wiring;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.muster.caching.ApplicationCaches;
import org.muster.cluster.Heartbeat;
import org.muster.delivery.Deliveries;
import org.muster.event.projection.Projections;
import org.muster.feed.Streams;
import org.muster.operations.Readiness;
import org.muster.operations.Started;
import org.muster.scim.bulk.Bulk;
import org.muster.scim.filter.SearchKeys;
import org.muster.scim.resource.Resources;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.security.jwt.JwtAuthenticator;
import org.muster.storage.Path;
import org.muster.storage.WriteBehind;
import org.muster.storage.wiring.Database;
import org.muster.tenant.TenantDirectory;

/**
 * Starts the application: migrates the database, prepares its indexes, makes the services (which
 * reads their configuration), and lets others do their part. If anything fails, the application is
 * not deployed.
 */
@Singleton
@jakarta.ejb.Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Startup {
  private static final Logger LOG = System.getLogger(Startup.class.getName());

  @Inject private Database database;
  @Inject private BuiltInResourceTypes types;
  // Made after the migration
  @Inject private Instance<Resources> resources;
  @Inject private Instance<Bulk> bulk;
  @Inject private Instance<TenantDirectory> tenants;
  @Inject private Instance<JwtAuthenticator> jwts;
  @Inject private Instance<Streams> streams;
  @Inject private Instance<ApplicationCaches> caches;
  @Inject private Instance<Deliveries> deliveries;
  @Inject private Instance<Projections> projections;
  @Inject private Instance<Heartbeat> heartbeat;
  @Inject private Instance<WriteBehind> behind;
  @Inject private Event<Started> started;
  @Inject private Readiness readiness;

  @PostConstruct
  void start() {
    long begin = System.nanoTime();
    try {
      int migrations = database.migrate();
      database.prepare(searchable(types.types()));
      resources.get();
      bulk.get();
      tenants.get();
      jwts.get();
      streams.get();
      caches.get();
      projections.get();
      // after caches have joined those of others, who take a node for a stranger until it has
      heartbeat.get().begin(database::start);
      behind.get().start(database::start);
      started.fire(new Started());
      deliveries.get().start();
      readiness.ready();
      LOG.log(
          Level.INFO,
          "Muster is ready after {0} ms; {1} migrations were applied",
          Duration.ofNanos(System.nanoTime() - begin).toMillis(),
          migrations);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Muster can''t start: {0}", e.getMessage());
      throw e;
    }
  }

  @PreDestroy
  void stop() {
    behind.get().stop();
    deliveries.get().stop();
    projections.get().close();
    streams.get().stop();
    bulk.get().stop();
    heartbeat.get().close();
  }

  private static Map<String, List<Path>> searchable(List<ResourceType> types) {
    return types.stream().collect(Collectors.toMap(ResourceType::name, SearchKeys::indexedPaths));
  }
}
