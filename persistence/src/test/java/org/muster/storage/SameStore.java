package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.Folding;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.LinkSelector.Direction;

/** Holds one store against another one, through the SPI alone: versions and times, too. */
final class SameStore {
  private static final List<String> COLLECTIONS = List.of("User", "Group");

  private final StorageProvider expected;
  private final StorageProvider actual;
  private final TenantId tenant;

  SameStore(StorageProvider expected, StorageProvider actual, TenantId tenant) {
    this.expected = expected;
    this.actual = actual;
    this.tenant = tenant;
  }

  void check(String description) {
    for (String collection : COLLECTIONS) {
      List<Stored> documents = documents(expected, collection);
      assertThat(documents(actual, collection)).as(description).isEqualTo(documents);
      assertThat(actual.count(all(collection))).as(description).isEqualTo(documents.size());
      assertThat(buried(actual, collection))
          .as(description)
          .isEqualTo(buried(expected, collection));
      for (Stored each : documents) {
        for (Path path : People.INDEXED) {
          for (String key :
              Keys.of(each.document(), List.of(path)).getOrDefault(path.name(), List.of())) {
            Query query = query(collection, path, key);
            assertThat(ids(actual.query(query)))
                .as("%s = %s, %s", path.name(), key, description)
                .isEqualTo(ids(expected.query(query)));
          }
        }
        for (String relation : RandomBatches.RELATIONS) {
          assertThat(links(actual, each.key(), relation))
              .as("%s, %s", relation, description)
              .isEqualTo(links(expected, each.key(), relation));
        }
      }
    }
    checkClaims(description);
  }

  /** Claims each value in both for a document of its own; leaves it there. */
  private void checkClaims(String description) {
    for (String collection : COLLECTIONS) {
      for (String attribute : List.of("userName", "externalId")) {
        for (String value : RandomPeople.TEXTS) {
          StorageKey probe = new StorageKey(tenant, collection, "probe");
          String folded = Folding.key(Folding.fold(value, false));
          Batch claim =
              Batch.builder(tenant)
                  .add(People.put(probe, "{}"))
                  .expect(probe, new Precondition.Any())
                  .add(new Change.Claim(probe, attribute, folded))
                  .build();
          assertThat(isFree(actual, claim))
              .as("%s %s is free, %s", attribute, folded, description)
              .isEqualTo(isFree(expected, claim));
        }
      }
    }
  }

  private static boolean isFree(StorageProvider storage, Batch claim) {
    try {
      storage.apply(claim);
      return true;
    } catch (StorageException.NotUnique e) {
      return false;
    }
  }

  private List<Stored> documents(StorageProvider storage, String collection) {
    List<Stored> found = new ArrayList<>();
    storage.scan(all(collection), found::add);
    return found;
  }

  private List<Buried> buried(StorageProvider storage, String collection) {
    return storage
        .tombstones(new TombstoneQuery.OfCollection(tenant, collection, Optional.empty(), 10_000))
        .stream()
        .map(tombstone -> storage.buried(tombstone.key()).orElseThrow())
        .toList();
  }

  private static List<Linked> links(StorageProvider storage, StorageKey key, String relation) {
    return storage.links(
        new LinkQuery(List.of(key), relation, Direction.OUT, Optional.empty(), 10_000));
  }

  private Query all(String collection) {
    return query(collection, new Expression.All());
  }

  private Query query(String collection, Path path, String key) {
    return query(collection, People.compare(path, Expression.Operator.EQ, key));
  }

  private Query query(String collection, Expression filter) {
    return new Query(
        tenant,
        collection,
        filter,
        Query.Order.BY_ID,
        new Query.Page.After(Optional.empty(), 1_000),
        List.of(),
        Long.MAX_VALUE);
  }

  private static List<String> ids(Found found) {
    return found.items().stream().map(stored -> stored.key().id()).toList();
  }
}
