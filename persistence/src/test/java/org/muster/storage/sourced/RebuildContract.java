package org.muster.storage.sourced;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.muster.event.EventStore;
import org.muster.event.projection.Generations;
import org.muster.event.projection.ProjectionProgress;
import org.muster.event.projection.Projections;
import org.muster.event.projection.Unit;
import org.muster.event.projection.Verification;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Batch;
import org.muster.storage.Buried;
import org.muster.storage.Change;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;
import org.muster.storage.People;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.memory.MemoryStorage;

/** The documents are made anew of their events while they serve. */
@Timeout(180)
public abstract class RebuildContract {
  private static final Precondition ANY = new Precondition.Any();

  @TempDir Path folder;

  protected final TenantId tenant =
      new TenantId("b" + UUID.randomUUID().toString().replace("-", ""));

  /** The store, each batch in a transaction. */
  protected abstract StorageProvider storage();

  /** The store, to be used in transactions. */
  protected abstract EventSourcedStorage sourced();

  /** The back end, with all generations in it, each batch in a transaction. */
  protected abstract StorageProvider backEnd();

  protected abstract EventStore events();

  protected abstract Generations generations();

  protected abstract ProjectionProgress progress();

  protected abstract Unit transactions();

  /** A hundred times as fast as the day, so that nobody waits for long. */
  private static Clock fast() {
    Instant begin = Instant.now();
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return begin.plus(Duration.between(begin, Instant.now()).multipliedBy(30));
      }
    };
  }

  private StorageKey user(int n) {
    return new StorageKey(tenant, "User", "u" + n);
  }

  private StorageKey group() {
    return new StorageKey(tenant, "Group", "g");
  }

  private StorageKey secret(int n) {
    return new StorageKey(tenant, "$secret", "u" + n);
  }

  private void fill(int users) {
    storage().apply(Batch.put(People.put(group(), "{'userName':'g'}"), ANY));
    for (int n = 0; n < users; n++) {
      storage()
          .apply(
              Batch.builder(tenant)
                  .add(People.put(user(n), "{'userName':'u" + n + "'}"))
                  .add(People.put(secret(n), "{'hash':'h" + n + "'}"))
                  .add(new Change.Claim(user(n), "userName", "u" + n))
                  .add(new Change.AddLinks(group(), "members", List.of(user(n))))
                  .build());
    }
    storage().apply(Batch.delete(user(0), "eve", ANY));
    storage()
        .apply(
            Batch.builder(tenant)
                .add(new Change.RemoveLinks(group(), "members", List.of(user(1))))
                .build());
  }

  private Projections projections() {
    return new Projections(
        events(),
        List.of(
            new Projections.Registered(
                sourced().model(),
                progress(),
                transactions(),
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                Optional.empty())),
        fast());
  }

  private static void start(Projections projections) {
    projections.start(
        runnable -> {
          Thread thread = new Thread(runnable, "rebuild");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private static void until(Projections projections, String state) throws InterruptedException {
    for (int i = 0; i < 3_000; i++) {
      if (projections.find(DocumentModel.NAME).orElseThrow().state().equals(state)) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(projections.find(DocumentModel.NAME).orElseThrow().state()).isEqualTo(state);
  }

  private void rebuild() throws InterruptedException {
    int before = generations().current();
    try (Projections projections = projections()) {
      assertThat(projections.rebuild(DocumentModel.NAME)).isEqualTo(Projections.Outcome.DONE);
      start(projections);
      until(projections, "running");
    }
    assertThat(generations().current()).isEqualTo(before + 1);
  }

  private Map<StorageKey, Optional<Stored>> documents(int users) {
    Map<StorageKey, Optional<Stored>> documents = new TreeMap<>();
    for (int n = 0; n < users; n++) {
      documents.put(user(n), storage().get(user(n), List.of()));
      documents.put(secret(n), storage().get(secret(n), List.of()));
    }
    documents.put(group(), storage().get(group(), List.of()));
    return documents;
  }

  private List<Linked> members() {
    return storage()
        .links(
            new LinkQuery(
                List.of(group()), "members", LinkSelector.Direction.OUT, Optional.empty(), 10_000));
  }

  protected List<TenantId> tenants() {
    return List.of(tenant);
  }

  @Test
  void documentsAreTheSameAfterTwoRebuilds() throws Exception {
    fill(30);
    Map<StorageKey, Optional<Stored>> documents = documents(30);
    List<Linked> members = members();
    Optional<Buried> buried = storage().buried(user(0));
    assertThat(buried).isPresent();
    for (int round = 0; round < 2; round++) {
      rebuild();
      assertThat(documents(30)).isEqualTo(documents);
      assertThat(members()).isEqualTo(members);
      assertThat(storage().buried(user(0))).isEqualTo(buried);
      assertThat(copies()).as("the old generation is gone").isZero();
      storage().apply(Batch.put(People.put(user(2), "{'userName':'again" + round + "'}"), ANY));
      documents.put(user(2), storage().get(user(2), List.of()));
      members = members();
    }
  }

  /** How many users lie in the generation that is not in use. */
  private long copies() {
    boolean copy = Deciding.isCopy(generations().current());
    return backEnd().existing(Set.of(copy ? user(5) : Names.inner(user(5)))).size();
  }

  @Test
  void nobodyNoticesARebuildButBySpeed() throws Exception {
    fill(10);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger writes = new AtomicInteger();
    List<CompletableFuture<Integer>> writers = new ArrayList<>();
    for (int w = 0; w < 3; w++) {
      int number = w;
      writers.add(
          CompletableFuture.supplyAsync(
              () -> {
                int last = -1;
                while (!stop.get()) {
                  last++;
                  StorageKey key = user(100 + number);
                  String json = "{'userName':'w" + number + "','n':" + last + "}";
                  write(key, json);
                  assertThat(
                          storage()
                              .get(key, List.of())
                              .orElseThrow()
                              .document()
                              .tree()
                              .get("n")
                              .asInt())
                      .isEqualTo(last);
                  writes.incrementAndGet();
                }
                return last;
              }));
    }
    try {
      rebuild();
    } finally {
      stop.set(true);
    }
    for (int w = 0; w < 3; w++) {
      int last = writers.get(w).get(30, TimeUnit.SECONDS);
      assertThat(
              storage()
                  .get(user(100 + w), List.of())
                  .orElseThrow()
                  .document()
                  .tree()
                  .get("n")
                  .asInt())
          .isEqualTo(last);
    }
    assertThat(writes).hasPositiveValue();
    Verification found = verification(sourced()::decided);
    assertThat(found.differences()).isEmpty();
    assertThat(found.documents()).isEqualTo(10 - 1 + 1 + 3);
    assertThat(found.links()).isEqualTo(8);
  }

  private void write(StorageKey key, String json) {
    while (true) {
      try {
        storage().apply(Batch.put(People.put(key, json), ANY));
        return;
      } catch (StorageException.Conflict e) {
        // somebody was faster
      }
    }
  }

  private Verification verification(java.util.function.Supplier<StorageProvider> model) {
    return new DocumentVerification(
            model,
            () -> new MemoryStorage(Clock.systemUTC()),
            events(),
            () -> List.of(tenant),
            of -> Set.of("User", "Group", "$secret", "Robot"),
            folder)
        .verify();
  }

  @Test
  void verificationFindsWhatIsLostChangedOrMissing() {
    fill(10);
    assertThat(verification(sourced()::decided).equal()).isTrue();
    boolean copy = Deciding.isCopy(generations().current());
    TenantId inner = copy ? tenant.copy() : tenant;
    StorageKey lost = new StorageKey(inner, "User", "u3");
    StorageKey changed = new StorageKey(inner, "User", "u4");
    StorageKey more = new StorageKey(inner, "User", "u99");
    backEnd().apply(Batch.delete(lost, "eve", ANY));
    backEnd().apply(Batch.put(People.put(changed, "{'userName':'other'}"), ANY));
    backEnd().apply(Batch.put(People.put(more, "{'userName':'more'}"), ANY));
    backEnd()
        .apply(
            Batch.builder(inner)
                .add(
                    new Change.RemoveLinks(
                        new StorageKey(inner, "Group", "g"),
                        "members",
                        List.of(new StorageKey(inner, "User", "u5"))))
                .build());
    Verification found = verification(sourced()::decided);
    assertThat(found.equal()).isFalse();
    assertThat(found.differences())
        .containsExactlyInAnyOrder(
            tenant + ": User/u3 is missing",
            tenant + ": User/u4 differs",
            tenant + ": User/u99 is not in the events",
            tenant + ": Group/g members User/u3 is missing",
            tenant + ": Group/g members User/u5 is missing");
  }

  @Test
  void documentsThatEventsDoNotTellOfAreNotLost() throws Exception {
    fill(5);
    boolean copy = Deciding.isCopy(generations().current());
    StorageKey old = new StorageKey(copy ? tenant.copy() : tenant, "Robot", "r");
    backEnd().apply(Batch.put(People.put(old, "{'userName':'r'}"), ANY));
    int before = generations().current();
    try (Projections projections = projections()) {
      projections.rebuild(DocumentModel.NAME);
      start(projections);
      until(projections, "failed");
      assertThat(
              projections.find(DocumentModel.NAME).orElseThrow().progress().error().orElseThrow())
          .contains("do not tell of all documents of tenant " + tenant);
      assertThat(generations().current()).isEqualTo(before);
      assertThat(storage().get(new StorageKey(tenant, "Robot", "r"), List.of())).isPresent();
      assertThat(verification(sourced()::decided).differences())
          .containsExactly(tenant + ": Robot/r is not in the events");
      assertThat(projections.resume(DocumentModel.NAME)).isEqualTo(Projections.Outcome.DONE);
      until(projections, "running");
    }
    assertThat(generations().current()).isEqualTo(before);
    assertThat(copies()).isZero();
    assertThat(storage().get(new StorageKey(tenant, "Robot", "r"), List.of())).isPresent();
  }

  @Test
  void erasedTenantIsGoneFromAllGenerations() throws Exception {
    fill(8);
    rebuild();
    while (storage().erase(tenant, 1_000) > 0) {
      // in steps
    }
    assertThat(documents(8).values()).allMatch(Optional::isEmpty);
    assertThat(copies()).isZero();
  }
}
