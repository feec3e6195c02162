package org.muster.wiring;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.muster.access.TenantRepository;
import org.muster.config.Settings;
import org.muster.directory.Directory;
import org.muster.event.EventStore;
import org.muster.event.document.StateStore;
import org.muster.kernel.TenantId;
import org.muster.monitor.Outcome;
import org.muster.monitor.trace.Tracing;
import org.muster.receiver.Kind;
import org.muster.receiver.Receivers;
import org.muster.scim.ScimException;
import org.muster.scim.bulk.AsyncListener;
import org.muster.scim.bulk.Bulk;
import org.muster.scim.bulk.Spools;
import org.muster.scim.definition.DefinitionStore;
import org.muster.scim.definition.Definitions;
import org.muster.scim.definition.Preparing;
import org.muster.scim.definition.TenantResourceTypes;
import org.muster.scim.discovery.Discovery;
import org.muster.scim.explain.Explaining;
import org.muster.scim.history.History;
import org.muster.scim.history.Past;
import org.muster.scim.history.PastResources;
import org.muster.scim.policy.Policies;
import org.muster.scim.policy.Profiles;
import org.muster.scim.policy.ShippedProfiles;
import org.muster.scim.resource.Renderings;
import org.muster.scim.resource.ResourceWrites;
import org.muster.scim.resource.Resources;
import org.muster.scim.resource.Secrets;
import org.muster.scim.resource.Tombstones;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceTypes;
import org.muster.signal.AsyncResponses;
import org.muster.signal.EventUri;
import org.muster.storage.StorageProvider;
import org.muster.storage.wiring.Database;
import org.muster.storage.wiring.DocumentCache;
import org.muster.tenant.TenantRules;

/** Makes the SCIM services. */
@Dependent
class ScimWiring {
  /** More than a tenant may have receivers. */
  private static final int STREAMS_MOST = 1_000;

  private static final int SERVER_ERROR = 500;
  private static final String HASH = "Pbkdf2PasswordHash.";

  @Resource private ManagedExecutorService executor;

  @Produces
  @Singleton
  @Typed(BuiltInResourceTypes.class)
  BuiltInResourceTypes builtInResourceTypes() {
    return new BuiltInResourceTypes();
  }

  @Produces
  @Singleton
  @Typed({TenantResourceTypes.class, ResourceTypes.class})
  TenantResourceTypes resourceTypes(
      DefinitionStore store, BuiltInResourceTypes builtIn, Directory directory) {
    return new TenantResourceTypes(store, builtIn, directory);
  }

  @Produces
  @Singleton
  Definitions definitions(
      DefinitionStore store,
      TenantResourceTypes types,
      StorageProvider storage,
      ResourceWrites writes,
      Settings settings) {
    return new Definitions(
        store,
        types,
        storage,
        new ContainerCommits(writes::apply),
        ScimSettings.checkLimit(settings),
        Clock.systemUTC(),
        settings.flag("muster.event.journal", true));
  }

  @Produces
  @Singleton
  Preparing preparing(
      DefinitionStore store,
      TenantResourceTypes types,
      StorageProvider storage,
      ResourceWrites writes,
      Database database,
      Settings settings) {
    int most = ScimSettings.maxIndexes(settings);
    return new Preparing(
        store,
        types,
        storage,
        new ContainerCommits(writes::apply),
        (type, path) -> database.index(type, path, most),
        ScimSettings.settling(settings),
        Clock.systemUTC());
  }

  @Produces
  @Singleton
  Profiles profiles() {
    return ShippedProfiles.all();
  }

  @Produces
  @Singleton
  TenantRules tenantRules(Settings settings, Profiles profiles) {
    return new TenantRules(
        ScimSettings.limits(settings),
        ScimSettings.bounds(settings),
        profiles,
        ScimSettings.profile(settings, profiles));
  }

  @Produces
  @Singleton
  Secrets secrets(Pbkdf2PasswordHash hash, Settings settings) {
    hash.initialize(
        Map.of(
            HASH + "Algorithm", "PBKDF2WithHmacSHA512",
            HASH + "Iterations", Long.toString(ScimSettings.passwordIterations(settings)),
            HASH + "SaltSizeBytes", "32",
            HASH + "KeySizeBytes", "64"));
    return new Secrets(
        hash,
        ScimSettings.passwordConcurrency(settings),
        Duration.ofMillis(ScimSettings.passwordWaitMillis(settings)));
  }

  @Produces
  @Singleton
  Bulk bulk(Resources resources, ResourceTypes types, AsyncResponses responses, Settings settings) {
    Spools spools = new Spools(ScimSettings.spoolFolder(settings));
    AsyncListener listener =
        settings.flag("muster.event.journal", true)
            ? responses
            : (tenant, origin, request, results) -> {};
    return new Bulk(resources, types, ScimSettings.bulkJobs(settings), spools, executor, listener);
  }

  @Produces
  @Singleton
  Discovery discovery(ResourceTypes types, StorageProvider storage, Receivers receivers) {
    List<String> events = Arrays.stream(EventUri.values()).map(EventUri::uri).toList();
    return new Discovery(
        types, storage.capabilities(), tenant -> hasStream(receivers, tenant) ? events : List.of());
  }

  private static boolean hasStream(Receivers receivers, TenantId tenant) {
    return receivers.page(tenant, "", STREAMS_MOST).stream()
        .anyMatch(receiver -> receiver.kind() != Kind.WEBHOOK);
  }

  @Produces
  @Singleton
  Tombstones tombstones(StorageProvider storage, ResourceTypes types, TenantRepository tenants) {
    return new Tombstones(storage, types, tenants::exists);
  }

  @Produces
  @Singleton
  Explaining explaining(StorageProvider storage, ResourceTypes types, Policies policies) {
    return new Explaining(storage, types, policies);
  }

  @Produces
  @Singleton
  Resources resources(
      StorageProvider storage,
      ResourceWrites writes,
      ResourceTypes types,
      Secrets secrets,
      DocumentCache documents,
      Tracing tracing) {
    return new Resources(
        storage,
        new ContainerCommits(writes::apply),
        types,
        secrets,
        new Renderings(types, documents.isOn()),
        tracing.service("resources", ScimWiring::outcome));
  }

  /** What clients are told of their mistakes is an answer. */
  private static Outcome outcome(RuntimeException thrown) {
    return thrown instanceof ScimException told && told.status() < SERVER_ERROR
        ? Outcome.REFUSED
        : Outcome.of(thrown);
  }

  @Produces
  @Singleton
  History history(EventStore events) {
    return new History(events);
  }

  @Produces
  @Singleton
  PastResources pastResources(
      EventStore events,
      StateStore states,
      Resources resources,
      StorageProvider storage,
      ResourceTypes types,
      Secrets secrets,
      Settings settings) {
    Past past =
        new Past(events, states, types, ScimSettings.pastEvents(settings), Clock.systemUTC());
    return new PastResources(past, resources, storage, types, secrets);
  }
}
