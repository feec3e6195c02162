package org.muster.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Batch;
import org.muster.storage.Expression;
import org.muster.storage.People;
import org.muster.storage.Query;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/** Documents that were written before their keys said by which of several they are ordered. */
abstract class RekeyingContract {
  private static final Precondition ANY = new Precondition.Any();
  private final TenantId tenant = new TenantId("r" + UUID.randomUUID().toString().substring(0, 8));
  private TestDatabase database;
  private StorageProvider storage;

  abstract TestDatabase database();

  /** Makes the keys of the tenant's documents those of before. */
  abstract String forgetWhichLeads();

  @BeforeEach
  void open() {
    database = database();
    storage = database.transactional(Clock.systemUTC());
  }

  @Test
  void oldDocumentsAreOrderedByThePrimaryAfterTheStart() throws SQLException {
    put("1", "{'emails':[{'value':'b'},{'value':'z','primary':true}]}");
    put("2", "{'emails':[{'value':'y','primary':true},{'value':'c'}]}");
    put("3", "{'userName':'x','emails':[{'value':'x'},{'value':'a'}]}");
    put("4", "{'emails':[{'value':'a'},{'value':'b','primary':true}]}");
    storage.apply(Batch.delete(key("4"), "tester", ANY));
    List<Stored> before = ordered();
    forget();
    restart();
    assertThat(ordered()).isEqualTo(before);
    assertThat(before).extracting(stored -> stored.key().id()).containsExactly("3", "2", "1");
    assertThat(listed()).isZero();
    restart();
    assertThat(ordered()).isEqualTo(before);
  }

  @Test
  void manyOldDocumentsAreDoneInChunks() throws SQLException {
    Batch.Builder batch = Batch.builder(tenant);
    for (int i = 0; i < 1_200; i++) {
      String mail = String.format("%04d", i);
      batch.add(
          People.put(
              key(mail),
              "{'emails':[{'value':'x'},{'value':'" + mail + "','primary':true},{'value':'a'}]}"));
    }
    storage.apply(batch.build());
    forget();
    restart();
    List<Stored> ordered = ordered();
    assertThat(ordered).hasSize(1_200);
    assertThat(ordered).extracting(stored -> stored.key().id()).isSorted();
    assertThat(listed()).isZero();
  }

  private void restart() {
    database
        .storage(Clock.systemUTC())
        .prepare(Map.of("User", People.INDEXED, "Group", People.INDEXED));
  }

  private List<Stored> ordered() {
    return storage
        .query(
            new Query(
                tenant,
                "User",
                new Expression.All(),
                new Query.Order(People.EMAIL, false),
                new Query.Page.After(Optional.empty(), 10_000),
                List.of(),
                0))
        .items();
  }

  private void forget() throws SQLException {
    try (Connection connection = database.pool.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : forgetWhichLeads().split(";", -1)) {
        statement.execute(sql.formatted(tenant.value()));
      }
      statement.execute(
          "insert into rekeying (tenant, collection, id) select tenant, collection, id from"
              + " document where tenant = '%s'".formatted(tenant.value()));
    }
  }

  private int listed() throws SQLException {
    try (Connection connection = database.pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select count(*) from rekeying where tenant = ?")) {
      statement.setString(1, tenant.value());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  private void put(String id, String json) {
    storage.apply(Batch.put(People.put(key(id), json), ANY));
  }

  private StorageKey key(String id) {
    return new StorageKey(tenant, "User", id);
  }
}
