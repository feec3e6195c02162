package org.muster.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.ManualClock;
import org.muster.access.Tenant;
import org.muster.directory.TestDirectory;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Limit;
import org.muster.scim.policy.Limits;
import org.muster.scim.policy.Profile;
import org.muster.scim.policy.Profiles;
import org.muster.scim.policy.Switch;
import org.muster.security.Caller;
import org.muster.security.Scope;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;

/** How tenants come, change and go. */
class TenantsTest {
  private static final TenantId ACME = new TenantId("acme");
  private static final Caller ROOT = caller(TenantId.DEFAULT, Scope.PLATFORM_ADMIN);
  private static final Caller OWN = caller(ACME, Scope.TENANT_ADMIN);
  private static final Caller OTHER = caller(new TenantId("other"), Scope.TENANT_ADMIN);

  private final ManualClock clock = new ManualClock();
  private final MemoryTenantStore store = new MemoryTenantStore();
  private final TenantRules rules =
      new TenantRules(
          Limits.USUAL,
          new Limits(
              Map.of(
                  Limit.MAX_PAGE_SIZE, 500L, Limit.REQUESTS_PER_SECOND, 100L, Limit.BURST, 1_000L)),
          Profiles.of(
              List.of(
                  Profile.STANDARD, new Profile("lenient", Set.of(Switch.PATCH_RETURNS_RESOURCE)))),
          Profile.STANDARD);
  private final TenantDirectory directory =
      new TenantDirectory(store, rules, TestDirectory.of(clock, clock::nanos));
  private final Tenants tenants = new Tenants(store, directory, rules, clock);

  @Test
  void createdTenantIsServedAtOnceByItsOwnRules() {
    assertThat(directory.find(ACME)).isEmpty();
    TenantView made =
        create("{'id':'acme','profile':'lenient','ifMatchRequired':true,'limits':{'scan':7}}");
    assertThat(made.json().path("state").asText()).isEqualTo("ACTIVE");
    assertThat(made.json().path("effectiveLimits").path("scan").asInt()).isEqualTo(7);
    assertThat(directory.of(ACME).profile().has(Switch.PATCH_RETURNS_RESOURCE)).isTrue();
    assertThat(directory.of(ACME).ifMatchRequired()).isTrue();
    assertThat(directory.of(ACME).limits().scanLimit()).isEqualTo(7);
    assertThat(directory.of(TenantId.DEFAULT).limits().maxPageSize()).isEqualTo(500);
  }

  @Test
  void idIsTakenOnce() {
    create("{'id':'acme'}");
    assertStatus(409, () -> create("{'id':'acme'}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'id':null}",
        "{'id':7}",
        "{'id':''}",
        "{'id':'Acme'}",
        "{'id':'-acme'}",
        "{'id':'a.b'}",
        "{'id':'a/b'}",
        "{'id':'a b'}",
        "{'id':'a\\u0000'}",
        "{'id':'ä'}",
        "{'id':'../x'}",
        "{'id':'acme','profile':'none'}",
        "{'id':'acme','profile':7}",
        "{'id':'acme','limits':7}",
        "{'id':'acme','limits':{'pages':7}}",
        "{'id':'acme','limits':{'maxPageSize':0}}",
        "{'id':'acme','limits':{'maxPageSize':501}}",
        "{'id':'acme','limits':{'maxPageSize':1.5}}",
        "{'id':'acme','limits':{'maxPageSize':'9'}}",
        "{'id':'acme','limits':{'requestsPerSecond':0}}",
        "{'id':'acme','limits':{'scan':99999999999999999999}}",
        "{'id':'acme','retentionDays':-1}",
        "{'id':'acme','ifMatchRequired':'yes'}",
        "{'id':'acme','displayName':''}",
        "{'id':'acme','state':'ACTIVE'}",
        "{'id':'acme','nonsense':1}"
      })
  void badRequestCreatesNothing(String body) {
    assertStatus(400, () -> create(body));
    assertThat(store.find(ACME)).isEmpty();
  }

  @Test
  void mergePatchChangesWhatItNames() {
    create("{'id':'acme','displayName':'Acme','limits':{'scan':7,'maxPageSize':9}}");
    TenantView after = patch(ROOT, "{'displayName':null,'limits':{'scan':null,'burst':4}}");
    assertThat(after.settings().displayName()).isEmpty();
    assertThat(after.settings().limits())
        .isEqualTo(Map.of(Limit.MAX_PAGE_SIZE, 9L, Limit.BURST, 4L));
    assertThat(directory.of(ACME).limits().scanLimit()).isEqualTo(Limits.USUAL.scanLimit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'id':'x'} | 400",
        "{'created':'x'} | 400",
        "{'effectiveLimits':{}} | 400",
        "{'state':'DELETING'} | 400",
        "{'state':null} | 400",
        "{'limits':{'maxPageSize':501}} | 400",
      })
  void badPatchChangesNothing(String patch, int status) {
    TenantView before = create("{'id':'acme'}");
    assertStatus(status, () -> patch(ROOT, patch));
    assertThat(tenants.get(ROOT, "acme")).isEqualTo(before);
  }

  @Test
  void suspensionCountsAtOnceAndEndsAtOnce() {
    create("{'id':'acme'}");
    assertThat(directory.find(ACME).orElseThrow().state()).isEqualTo(Tenant.State.ACTIVE);
    patch(ROOT, "{'state':'SUSPENDED'}");
    assertThat(directory.find(ACME).orElseThrow().state()).isEqualTo(Tenant.State.SUSPENDED);
    patch(ROOT, "{'state':'ACTIVE'}");
    assertThat(directory.find(ACME).orElseThrow().state()).isEqualTo(Tenant.State.ACTIVE);
  }

  @Test
  void defaultTenantCanNeitherBeSuspendedNorDeleted() {
    assertStatus(
        409, () -> tenants.patch(ROOT, "default", any -> true, json("{'state':'SUSPENDED'}")));
    assertStatus(409, () -> tenants.delete(ROOT, "default", any -> true, Optional.of("default")));
  }

  @Test
  void administratorOfATenantChangesNoLimitAndNoState() {
    create("{'id':'acme','limits':{'scan':7}}");
    assertStatus(403, () -> patch(OWN, "{'limits':{'scan':8}}"));
    assertStatus(403, () -> patch(OWN, "{'limits':{'scan':null}}"));
    assertStatus(403, () -> patch(OWN, "{'limits':null}"));
    assertStatus(403, () -> patch(OWN, "{'state':'SUSPENDED'}"));
    assertStatus(403, () -> tenants.delete(OWN, "acme", any -> true, Optional.of("acme")));
    assertStatus(403, () -> tenants.create(OWN, json("{'id':'mine'}")));
    assertThat(patch(OWN, "{'displayName':'Us','limits':{'scan':7}}").settings().displayName())
        .contains("Us");
    assertThat(tenants.page(OWN, Optional.empty(), 10))
        .extracting(TenantView::id)
        .containsExactly(ACME);
  }

  @Test
  void foreignTenantAndOneThatIsNotThereAreTheSame() {
    create("{'id':'acme'}");
    for (String id : List.of("acme", "nobody", "No Tenant", "default")) {
      assertStatus(404, () -> tenants.get(OTHER, id));
      assertStatus(404, () -> tenants.patch(OTHER, id, any -> false, json("{'x':1}")));
      assertStatus(404, () -> tenants.delete(OTHER, id, any -> false, Optional.empty()));
    }
    assertThat(tenants.page(OTHER, Optional.empty(), 10)).isEmpty();
    Caller reader = caller(ACME, Scope.SCIM_READ);
    assertStatus(403, () -> tenants.get(reader, "acme"));
    assertStatus(403, () -> tenants.get(reader, "nobody"));
    assertStatus(403, () -> tenants.page(reader, Optional.empty(), 10));
  }

  @Test
  void entityTagChangesWithTheTenantAndIsCompared() {
    String before = create("{'id':'acme'}").etag();
    String after = patch(ROOT, "{'displayName':'Acme'}").etag();
    assertThat(after).isNotEqualTo(before).isEqualTo(tenants.get(ROOT, "acme").etag());
    assertStatus(
        412, () -> tenants.patch(ROOT, "acme", before::equals, json("{'displayName':'x'}")));
    assertStatus(412, () -> tenants.delete(ROOT, "acme", before::equals, Optional.of("acme")));
    tenants.patch(ROOT, "acme", after::equals, json("{'displayName':'x'}"));
  }

  @Test
  void loserOfARaceStartsAnewFromWhatTheWinnerLeft() {
    create("{'id':'acme'}");
    store.beforeChange = () -> patch(ROOT, "{'limits':{'scan':7}}");
    TenantView after = patch(ROOT, "{'displayName':'Acme'}");
    assertThat(after.settings().limits()).containsEntry(Limit.SCAN, 7L);
    String stale = tenants.get(ROOT, "acme").etag();
    store.beforeChange = () -> patch(ROOT, "{'limits':{'scan':8}}");
    assertStatus(
        412, () -> tenants.patch(ROOT, "acme", stale::equals, json("{'displayName':'x'}")));
  }

  @Test
  void tenantsArePagedById() {
    create("{'id':'b'}");
    create("{'id':'a'}");
    assertThat(tenants.page(ROOT, Optional.of("a"), 1))
        .extracting(tenant -> tenant.id().value())
        .containsExactly("b");
  }

  @Test
  void deletionTakesAConfirmationAndHidesTheTenantAtOnce() {
    create("{'id':'acme'}");
    assertStatus(400, () -> delete(Optional.empty()));
    assertStatus(400, () -> delete(Optional.of("ACME")));
    assertThat(directory.find(ACME)).isPresent();
    assertThat(delete(Optional.of("acme")).state()).isEqualTo(Tenant.State.DELETING);
    assertThat(directory.find(ACME)).isEmpty();
    assertThat(store.withoutCredentials).containsExactly(ACME);
    assertThat(delete(Optional.empty()).state()).isEqualTo(Tenant.State.DELETING);
    assertStatus(409, () -> create("{'id':'acme'}"));
    assertStatus(409, () -> patch(ROOT, "{'displayName':'x'}"));
  }

  @Test
  void erasureGoesOnWhereItWasInterruptedAndFreesTheIdAfterARest() {
    create("{'id':'acme'}");
    delete(Optional.of("acme"));
    List<Long> rows = new ArrayList<>(List.of(5L, -1L, 3L));
    TenantErasure erasure =
        new TenantErasure(
            store,
            directory,
            id -> {
              long removed = rows.isEmpty() ? 0 : rows.remove(0);
              if (removed < 0) {
                throw new StorageException.Unavailable("gone", null);
              }
              return removed;
            },
            Duration.ofSeconds(75),
            clock);
    erasure.run(); // fails half way
    assertThat(rows).containsExactly(3L);
    clock.pass(Duration.ofSeconds(75));
    erasure.run(); // there was something left, so it looks once more
    assertThat(store.find(ACME)).isPresent();
    erasure.run();
    assertThat(store.find(ACME)).isEmpty();
    create("{'id':'acme'}");
    erasure.run();
    assertThat(store.find(ACME)).isPresent();
  }

  @Test
  void idRestsThoughThereWasNothingToErase() {
    create("{'id':'acme'}");
    delete(Optional.of("acme"));
    TenantErasure erasure =
        new TenantErasure(store, directory, id -> 0, Duration.ofSeconds(75), clock);
    clock.pass(Duration.ofSeconds(74));
    erasure.run();
    assertThat(store.find(ACME)).isPresent();
    clock.pass(Duration.ofSeconds(1));
    erasure.run();
    assertThat(store.find(ACME)).isEmpty();
  }

  @Test
  void directoryReadsOnceInFiveSeconds() {
    create("{'id':'acme'}");
    int before = store.finds;
    for (int i = 0; i < 100; i++) {
      directory.find(ACME);
      directory.find(new TenantId("nobody"));
    }
    assertThat(store.finds - before).isEqualTo(2);
    clock.pass(Duration.ofSeconds(6));
    directory.find(ACME);
    assertThat(store.finds - before).isEqualTo(3);
  }

  private TenantView create(String body) {
    return tenants.create(ROOT, json(body));
  }

  private TenantView patch(Caller caller, String patch) {
    return tenants.patch(caller, "acme", any -> true, json(patch));
  }

  private TenantView delete(Optional<String> confirmation) {
    return tenants.delete(ROOT, "acme", any -> true, confirmation);
  }

  private static void assertStatus(int status, ThrowingCallable call) {
    ScimException refused = catchThrowableOfType(ScimException.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.status()).as(refused.getMessage()).isEqualTo(status);
  }

  private static Caller caller(TenantId tenant, Scope scope) {
    return new Caller("t", tenant, Optional.empty(), Set.of(scope));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JsonDocument.MAPPER.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
