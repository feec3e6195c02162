package org.muster.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Batch;
import org.muster.storage.Buried;
import org.muster.storage.Change;
import org.muster.storage.Expression;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkSelector;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.Linked;
import org.muster.storage.People;
import org.muster.storage.Query;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.TombstoneQuery;

/** How many statements the database is sent: few, and as many for much as for little. */
abstract class StatementCountContract {
  private static final String MEMBERS = "members";
  private static final LinkSelector GROUPS = new LinkSelector(MEMBERS, Direction.IN, true);
  private static final LinkSelector MANAGER = new LinkSelector("manager", Direction.OUT, false);
  private static final Precondition ANY = new Precondition.Any();
  private static final Precondition PRESENT = new Precondition.Present();

  private final TenantId tenant = new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
  private TestDatabase database;
  private StorageProvider storage;

  abstract TestDatabase database();

  @BeforeEach
  void open() {
    database = database();
    storage = database.transactional(Clock.systemUTC());
    putUsers(0, 1); // the block of versions is there
  }

  @Test
  void userIsCreatedByThreeStatements() {
    StorageKey key = user("new");
    List<String> statements =
        executed(
            () ->
                storage.apply(
                    Batch.builder(tenant)
                        .add(People.put(key, "{}"))
                        .add(new Change.Claim(key, "userName", "new"))
                        .expect(key, new Precondition.Absent())
                        .build()));
    assertThat(statements).hasSize(3);
  }

  @Test
  void compareAndSetIsOneStatement() {
    Stored stored = storage.get(user("u0"), List.of()).orElseThrow();
    List<String> statements =
        executed(
            () ->
                storage.apply(
                    Batch.put(
                        People.put(user("u0"), "{}"), new Precondition.At(stored.version()))));
    assertThat(statements).filteredOn(sql -> !sql.contains("search_key")).hasSize(1);
  }

  @Test
  void addingAMemberCostsTheSameInALargeGroup() {
    putUsers(0, 10_001);
    putGroup("small", 10);
    putGroup("large", 10_000);
    assertThat(addMember("large")).hasSameSizeAs(addMember("small")).hasSizeLessThanOrEqualTo(5);
    assertThat(removeMember("large"))
        .hasSameSizeAs(removeMember("small"))
        .hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void replacingMembersWritesTheDifferenceInAConstantNumberOfStatements() {
    putUsers(0, 1_001);
    putGroup("g", 1_000);
    List<StorageKey> others = new ArrayList<>(users(1, 1_001));
    List<String> statements =
        executed(
            () ->
                storage.apply(
                    Batch.builder(tenant)
                        .add(new Change.ReplaceLinks(group("g"), MEMBERS, others))
                        .expect(group("g"), PRESENT)
                        .build()));
    assertThat(statements).hasSizeLessThanOrEqualTo(9);
    assertThat(storage.get(group("g"), List.of(new LinkSelector(MEMBERS, Direction.OUT, false))))
        .get()
        .extracting(stored -> stored.links().size())
        .isEqualTo(1_000);
  }

  @Test
  void deletingCostsTheSameWhateverIsLinked() {
    putUsers(0, 300);
    for (int i = 0; i < 20; i++) {
      putGroup("g" + i, 1);
    }
    putGroup("big", 300);
    List<String> lone = executed(() -> storage.apply(Batch.delete(user("u299"), "test", ANY)));
    List<String> linked = executed(() -> storage.apply(Batch.delete(user("u0"), "test", ANY)));
    List<String> group = executed(() -> storage.apply(Batch.delete(group("big"), "test", ANY)));
    assertThat(linked).hasSameSizeAs(lone).hasSameSizeAs(group).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void restoringIsAFewStatements() {
    putUsers(0, 2);
    storage.apply(Batch.delete(user("u1"), "test", ANY));
    Change.Put put = People.put(user("u1"), "{}");
    List<String> statements =
        executed(
            () -> {
              Buried buried = storage.buried(user("u1")).orElseThrow();
              storage.apply(
                  Batch.builder(tenant)
                      .add(
                          new Change.Restore(
                              user("u1"), buried.tombstone().version(), put.keys(), put.label()))
                      .add(new Change.Claim(user("u1"), "userName", "u1"))
                      .build());
            });
    assertThat(statements).hasSize(4);
  }

  @Test
  void purgingManyIsAStatementForEachCollection() {
    putUsers(0, 600);
    putGroup("g1", 0);
    putGroup("g2", 0);
    Batch.Builder deletes = Batch.builder(tenant).add(new Change.Delete(group("g1"), "test"));
    users(1, 600).forEach(key -> deletes.add(new Change.Delete(key, "test")));
    storage.apply(deletes.build());
    List<String> statements =
        executed(
            () -> {
              Batch.Builder purges = Batch.builder(tenant);
              storage
                  .tombstones(new TombstoneQuery.Oldest(tenant, 1_000))
                  .forEach(each -> purges.add(new Change.Purge(each.key(), each.version())));
              storage.apply(purges.build());
            });
    assertThat(statements).hasSize(3);
    assertThat(storage.tombstones(new TombstoneQuery.Oldest(tenant, 1))).isEmpty();
  }

  @Test
  void userWithGroupsAndManagerIsOneStatement() {
    putUsers(0, 3);
    putGroup("g1", 2);
    putGroup("g2", 2);
    storage.apply(
        Batch.builder(tenant)
            .add(new Change.AddLinks(user("u0"), "manager", List.of(user("u2"))))
            .build());
    List<Stored> read = new ArrayList<>();
    List<String> statements =
        executed(() -> read.add(storage.get(user("u0"), List.of(GROUPS, MANAGER)).orElseThrow()));
    assertThat(statements).hasSize(1);
    assertThat(read.get(0).links())
        .extracting(Linked::other)
        .containsExactly(group("g1"), group("g2"), user("u2"));
  }

  @Test
  void eachFurtherLevelOfGroupsIsOneStatement() {
    putUsers(0, 2);
    putGroup("g1", 2);
    storage.apply(
        Batch.builder(tenant)
            .add(People.put(group("g2"), "{}"))
            .add(new Change.AddLinks(group("g2"), MEMBERS, List.of(group("g1"))))
            .add(People.put(group("g3"), "{}"))
            .add(new Change.AddLinks(group("g3"), MEMBERS, List.of(group("g2"))))
            .build());
    List<String> statements = executed(() -> storage.get(user("u0"), List.of(GROUPS, MANAGER)));
    assertThat(statements).hasSize(3);
  }

  @Test
  void pageIsExpandedByAStatementForEachSelector() {
    putUsers(0, 200);
    putGroup("g1", 200);
    putGroup("g2", 10);
    List<Stored> page = new ArrayList<>();
    List<String> statements = executed(() -> page.addAll(page(100)));
    assertThat(page).hasSize(100).allMatch(stored -> !stored.links().isEmpty());
    assertThat(statements).hasSize(3);
    assertThat(executed(() -> page(5))).hasSize(3);
  }

  @Test
  void countOfAllReadsTheCountersOnly() {
    putUsers(0, 50);
    List<String> statements =
        executed(() -> assertThat(storage.count(query(new Expression.All(), 0))).isEqualTo(50));
    assertThat(statements).hasSize(1).allMatch(sql -> sql.contains("document_count"));
  }

  @Test
  void pageIsOneStatementAndOneMoreForAllThatIsLarge() {
    putUsers(0, 100);
    assertThat(executed(() -> storage.query(query(new Expression.All(), 100, List.of()))))
        .hasSize(1);
    for (int i = 10; i < 14; i++) {
      String note = "y".repeat(900_000);
      storage.apply(
          Batch.put(People.put(user("u" + i), "{'userName':'x','note':'" + note + "'}"), ANY));
    }
    List<Stored> page = new ArrayList<>();
    assertThat(
            executed(
                () ->
                    page.addAll(
                        storage.query(query(new Expression.All(), 100, List.of())).items())))
        .hasSize(2);
    assertThat(page).hasSize(100);
  }

  @Test
  void pageOfLinksIsOneStatement() {
    putUsers(0, 100);
    putGroup("g", 100);
    List<Linked> links = new ArrayList<>();
    assertThat(executed(() -> links.addAll(links(Optional.empty())))).hasSize(1);
    Linked last = links.get(links.size() - 1);
    assertThat(
            executed(() -> links(Optional.of(new LinkQuery.Position(last.anchor(), last.other())))))
        .hasSize(1);
  }

  @Test
  void existingIsOneStatementForACollection() {
    putUsers(0, 20);
    assertThat(executed(() -> storage.existing(java.util.Set.copyOf(users(0, 1_000))))).hasSize(1);
  }

  private List<Linked> links(Optional<LinkQuery.Position> after) {
    return storage.links(new LinkQuery(List.of(group("g")), MEMBERS, Direction.OUT, after, 40));
  }

  private List<Stored> page(int limit) {
    return storage.query(query(new Expression.All(), limit)).items();
  }

  private Query query(Expression filter, int limit) {
    return query(filter, limit, List.of(GROUPS, MANAGER));
  }

  private Query query(Expression filter, int limit, List<LinkSelector> expand) {
    return new Query(
        tenant,
        "User",
        filter,
        Query.Order.BY_ID,
        new Query.Page.After(Optional.empty(), limit),
        expand,
        1_000);
  }

  private List<String> addMember(String group) {
    return executed(
        () ->
            storage.apply(
                Batch.builder(tenant)
                    .add(new Change.AddLinks(group(group), MEMBERS, List.of(user("u10000"))))
                    .expect(group(group), PRESENT)
                    .build()));
  }

  private List<String> removeMember(String group) {
    return executed(
        () ->
            storage.apply(
                Batch.builder(tenant)
                    .add(new Change.RemoveLinks(group(group), MEMBERS, List.of(user("u0"))))
                    .expect(group(group), PRESENT)
                    .build()));
  }

  /** The statements that an action sends, each by itself also if several are sent together. */
  private List<String> executed(Runnable action) {
    database.executed();
    action.run();
    return database.executed().stream()
        .flatMap(sent -> List.of(sent.split(";\n")).stream())
        .toList();
  }

  private void putUsers(int from, int to) {
    for (int start = from; start < to; start += 1_000) {
      Batch.Builder batch = Batch.builder(tenant);
      users(start, Math.min(to, start + 1_000)).forEach(key -> batch.add(People.put(key, "{}")));
      storage.apply(batch.build());
    }
  }

  private void putGroup(String id, int members) {
    storage.apply(
        Batch.builder(tenant)
            .add(People.put(group(id), "{}"))
            .add(new Change.AddLinks(group(id), MEMBERS, users(0, members)))
            .build());
  }

  private List<StorageKey> users(int from, int to) {
    List<StorageKey> keys = new ArrayList<>();
    for (int i = from; i < to; i++) {
      keys.add(user("u" + i));
    }
    return keys;
  }

  private StorageKey user(String id) {
    return new StorageKey(tenant, "User", id);
  }

  private StorageKey group(String id) {
    return new StorageKey(tenant, "Group", id);
  }
}
