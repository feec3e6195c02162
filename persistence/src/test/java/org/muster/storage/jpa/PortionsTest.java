package org.muster.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
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
import org.muster.storage.People;
import org.muster.storage.Query;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;

/** What becomes of documents that change between being found and being read. */
class PortionsTest {
  private static final int BYTES = 3_000;
  private static final TestDatabase DATABASE = TestDatabase.h2();

  private final StorageProvider storage = DATABASE.transactional(Clock.systemUTC());
  private final TenantId tenant = new TenantId("p" + UUID.randomUUID().toString().substring(0, 8));

  @BeforeEach
  void putFourLargeAndTwoSmall() {
    for (int i = 0; i < 6; i++) {
      put(i, "v".repeat(i % 3 == 2 ? 1 : 1_000));
    }
  }

  private StorageKey user(int number) {
    return new StorageKey(tenant, "User", "u" + number);
  }

  private void put(int number, String note) {
    storage.apply(
        Batch.put(People.put(user(number), "{'note':'" + note + "'}"), new Precondition.Any()));
  }

  private List<OrderedReader.Row> found(Connection connection) throws SQLException {
    Dialect dialect = Dialect.of(connection);
    return new OrderedReader(
            dialect,
            connection,
            new Dialect.Scope(tenant.value(), "User"),
            Condition.ALL,
            Query.Order.BY_ID,
            BYTES)
        .after(Optional.empty(), 6);
  }

  private interface Work {
    void with(Connection connection, List<OrderedReader.Row> rows) throws SQLException;
  }

  private void afterFinding(Work work) throws SQLException {
    try (Connection connection = DATABASE.pool.getConnection()) {
      work.with(connection, found(connection));
    }
  }

  private static List<OrderedReader.Row> all(Connection connection, List<OrderedReader.Row> rows)
      throws SQLException {
    Portions portions = new Portions(Dialect.of(connection), connection, rows, BYTES);
    List<OrderedReader.Row> all = new ArrayList<>();
    while (portions.hasNext()) {
      List<OrderedReader.Row> portion = portions.next();
      assertThat(portion.stream().mapToInt(OrderedReader.Row::bytes).sum())
          .isLessThanOrEqualTo(BYTES);
      all.addAll(portion);
    }
    assertThat(portions.handedOut()).isEqualTo(rows.size());
    assertThat(portions.last()).isEqualTo(rows.get(rows.size() - 1).position());
    return all;
  }

  @Test
  void largeDocumentsAreReadWhenTheyAreWanted() throws SQLException {
    afterFinding(
        (connection, rows) -> {
          assertThat(rows.stream().map(row -> row.stored().isPresent()))
              .containsExactly(false, false, true, false, false, true);
          List<OrderedReader.Row> read = all(connection, rows);
          assertThat(read).hasSize(6).allMatch(OrderedReader.Row::certain);
          for (int i = 0; i < 6; i++) {
            assertThat(read.get(i).stored())
                .contains(storage.get(user(i), List.of()).orElseThrow());
          }
        });
  }

  @Test
  void documentThatWasChangedIsNoLongerCertain() throws SQLException {
    afterFinding(
        (connection, rows) -> {
          put(3, "changed");
          List<OrderedReader.Row> read = all(connection, rows);
          assertThat(read.stream().filter(row -> !row.certain()).map(OrderedReader.Row::key))
              .containsExactly(user(3));
          assertThat(read.get(3).stored().orElseThrow().document().text()).contains("changed");
        });
  }

  @Test
  void documentThatWasDeletedIsLeftOut() throws SQLException {
    afterFinding(
        (connection, rows) -> {
          storage.apply(Batch.delete(user(5), "test", new Precondition.Any()));
          storage.apply(Batch.delete(user(1), "test", new Precondition.Any()));
          assertThat(all(connection, rows).stream().map(OrderedReader.Row::key))
              .as("a small one was read when it was found")
              .containsExactly(user(0), user(2), user(3), user(4), user(5));
        });
  }
}
