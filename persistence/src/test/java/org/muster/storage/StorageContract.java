package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;

/** What the parts of the contract share: a tenant for each test, short words, the invariants. */
@Timeout(120)
abstract class StorageContract {
  static final Precondition ANY = new Precondition.Any();
  static final Precondition ABSENT = new Precondition.Absent();
  static final Precondition PRESENT = new Precondition.Present();
  static final String MEMBERS = "members";

  TenantId tenant = TenantId.DEFAULT;
  Recorder storage;

  /** The provider under test; it may hold other tenants, and what it holds may stay. */
  abstract StorageProvider provider();

  @BeforeEach
  void openTenant() {
    tenant = new TenantId("t" + UUID.randomUUID().toString().replace("-", ""));
    storage = new Recorder(provider());
  }

  @AfterEach
  void storeIsConsistent() {
    new Invariants(storage, tenant).check();
  }

  StorageKey user(String id) {
    return new StorageKey(tenant, "User", id);
  }

  StorageKey group(String id) {
    return new StorageKey(tenant, "Group", id);
  }

  /** Puts a document of JSON in which ' stands for ". */
  Stored put(StorageKey key, String json) {
    storage.apply(Batch.put(People.put(key, json), ANY));
    return read(key);
  }

  Applied apply(Change... changes) {
    Batch.Builder batch = Batch.builder(tenant);
    for (Change change : changes) {
      batch.add(change);
    }
    return storage.apply(batch.build());
  }

  void delete(StorageKey key) {
    storage.apply(Batch.delete(key, "tester", ANY));
  }

  /** Puts an empty document each. */
  void putAll(StorageKey... keys) {
    Batch.Builder batch = Batch.builder(tenant);
    for (StorageKey key : keys) {
      batch.add(People.put(key, "{'userName':'" + key.id() + "'}"));
    }
    storage.apply(batch.build());
  }

  Applied link(StorageKey from, StorageKey... targets) {
    return apply(new Change.AddLinks(from, MEMBERS, List.of(targets)));
  }

  Stored read(StorageKey key) {
    return storage.get(key, List.of()).orElseThrow();
  }

  Query query(String collection, Expression filter, Query.Order order, Query.Page page) {
    return new Query(tenant, collection, filter, order, page, List.of(), Long.MAX_VALUE);
  }

  static Query.Page first(int limit) {
    return new Query.Page.After(Optional.empty(), limit);
  }

  static List<String> ids(List<Stored> items) {
    return items.stream().map(stored -> stored.key().id()).toList();
  }

  /** The ids of the users that satisfy a filter; found in every way that there is. */
  List<String> matching(Expression filter) {
    Query query = query("User", filter, Query.Order.BY_ID, first(1_000));
    List<String> found = ids(storage.query(query).items());
    assertThat(storage.count(query)).as("count").isEqualTo(found.size());
    List<Stored> scanned = new ArrayList<>();
    storage.scan(query, scanned::add);
    assertThat(ids(scanned)).as("scan").isEqualTo(found);
    Query unindexed = query("User", People.unindexed(filter), Query.Order.BY_ID, first(1_000));
    assertThat(ids(storage.query(unindexed).items())).as("without index").isEqualTo(found);
    assertThat(storage.count(unindexed)).as("count without index").isEqualTo(found.size());
    return found;
  }
}
