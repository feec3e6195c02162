package org.muster.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.muster.it.Instance;
import org.muster.it.Postgres;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** Writes that the server acknowledges before the database has them. */
@Tag("launcher")
class WriteBehindIT {
  private static final String URN = "urn:example:schemas:Device";
  private static final String VIEW = "/admin/v1/write-behind";

  @Test
  void whatWasAcknowledgedSurvivesTheEndOfTheServerAndSomebodyElsesChange() throws Exception {
    try (Postgres postgres = Postgres.start();
        Instance instance = Instance.fresh("behind")) {
      Postgres.Database database = postgres.create("muster");
      instance
          .on(database)
          .with("MUSTER_CACHE_DOCUMENTS_MODE", "write-behind")
          .with("MUSTER_CACHE_DOCUMENTS_BEHIND_COLLECTIONS", "Device")
          .with("MUSTER_CACHE_DOCUMENTS_BEHIND_DELAY_MILLIS", "60000");
      instance.start();
      register(instance);
      ScimClient scim = instance.client();
      ScimResponse made = scim.post("/Devices", body(1)).expect(201);
      ScimResponse changed = scim.put("/Devices/" + made.id(), body(2)).expect(200);
      scim.with("If-Match", made.etag()).put("/Devices/" + made.id(), body(3)).expect(412);
      assertThat(pending(instance)).isEqualTo(2);
      instance.kill();

      instance.start();
      assertThat(pending(instance)).as("after a restart").isEqualTo(2);
      ScimResponse read = scim.get("/Devices/" + made.id()).expect(200);
      assertThat(read.etag()).isEqualTo(changed.etag());
      assertThat(read.json().path("size").asInt()).isEqualTo(2);
      assertThat(scim.get("/Devices?filter=size%20eq%202").expect(200).json().path("totalResults"))
          .as("found by a search, which waits")
          .hasToString("1");
      assertThat(pending(instance)).isZero();
      assertThat(new ScimClient(instance.url(), instance.token()).get("/metrics").text())
          .contains("muster_write_behind_oldest_seconds", "muster_write_behind_dead_letters");

      scim.put("/Devices/" + made.id(), body(4)).expect(200);
      changeBesides(database, made.id());
      deadLetter(instance, database, scim, made.id());
      instance.stop();
    }
  }

  /** The next search has the database get the write, which finds another version there. */
  private static void deadLetter(
      Instance instance, Postgres.Database database, ScimClient scim, String id)
      throws SQLException {
    scim.get("/Devices?filter=size%20eq%204").expect(200);
    ScimClient root = new ScimClient(instance.url(), instance.token());
    JsonNode letter = root.get(VIEW + "/dead-letters").expect(200).json().at("/items/0");
    String path = VIEW + "/dead-letters/" + letter.path("id").asText();
    assertThat(letter.path("resourceId").asText()).isEqualTo(id);
    assertThat(letter.has("document")).isFalse();
    assertThat(root.get(path).expect(200).json().at("/document/size").asInt()).isEqualTo(4);
    assertThat(detail(root.post(path + "/.retry", "").expect(409)))
        .contains("not as it was when the write was acknowledged");
    root.post(path + "/.retry?overwrite=maybe", "").expect(400);
    retryTwice(root, database, path, id);
    assertThat(scim.get("/Devices/" + id).expect(200).json().path("size").asInt()).isEqualTo(4);
    root.post(path + "/.retry", "").expect(404);
    root.delete(path).expect(404);
    root.get(VIEW + "/dead-letters/x").expect(404);
    root.get(VIEW + "/dead-letters?cursor=x").expect(400);
  }

  /** The first one waits for the database, which a transaction of somebody else keeps waiting. */
  private static void retryTwice(
      ScimClient root, Postgres.Database database, String path, String id) throws SQLException {
    try (Connection connection = connect(database)) {
      connection.setAutoCommit(false);
      try (PreparedStatement lock =
          connection.prepareStatement("select 1 from document where id = ? for update")) {
        lock.setString(1, id);
        lock.executeQuery();
      }
      CompletableFuture<ScimResponse> first =
          CompletableFuture.supplyAsync(() -> root.post(path + "/.retry?overwrite=true", ""));
      awaitWaiting(database);
      assertThat(detail(root.post(path + "/.retry?overwrite=true", "").expect(409)))
          .contains("Somebody else");
      assertThat(detail(root.delete(path).expect(409))).contains("Somebody else");
      connection.rollback();
      first.join().expect(204);
    }
  }

  private static void awaitWaiting(Postgres.Database database) throws SQLException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    try (Connection connection = connect(database);
        PreparedStatement waiting =
            connection.prepareStatement(
                "select count(*) from pg_stat_activity"
                    + " where datname = current_database() and wait_event_type = 'Lock'")) {
      for (int count = 0; count == 0; ) {
        assertThat(System.nanoTime()).as("the first one waits").isLessThan(end);
        try (ResultSet row = waiting.executeQuery()) {
          row.next();
          count = row.getInt(1);
        }
      }
    }
  }

  private static String detail(ScimResponse response) {
    return response.json().path("detail").asText();
  }

  private static Connection connect(Postgres.Database database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  @Test
  void peopleAreNotAcknowledgedEarly() throws IOException {
    Instance instance =
        Instance.fresh("behind-people")
            .with("MUSTER_CACHE_DOCUMENTS_MODE", "write-behind")
            .with("MUSTER_CACHE_DOCUMENTS_BEHIND_COLLECTIONS", "Device, User");
    assertThat(instance.launcher("start").exit()).isEqualTo(1);
    StringBuilder log = new StringBuilder();
    for (Path file : instance.files("server/logs")) {
      log.append(Files.readString(file));
    }
    assertThat(log)
        .contains("Muster can't start: muster.cache.documents.behind.collections=Device, User")
        .contains("must know of such a change when it is acknowledged");
  }

  private static void register(Instance instance) {
    ScimClient root = new ScimClient(instance.url(), instance.token());
    String definitions = "/admin/v1/tenants/default";
    root.post(
            definitions + "/schemas",
            ("{'id':'"
                    + URN
                    + "','name':'Device','attributes':["
                    + "{'name':'size','type':'integer','multiValued':false}]}")
                .replace('\'', '"'))
        .expect(201);
    root.post(
            definitions + "/resource-types",
            ("{'name':'Device','endpoint':'/Devices','schema':'" + URN + "'}").replace('\'', '"'))
        .expect(201);
  }

  private static String body(int size) {
    return "{\"schemas\":[\"" + URN + "\"],\"size\":" + size + "}";
  }

  private static int pending(Instance instance) {
    return new ScimClient(instance.url(), instance.token())
        .get(VIEW)
        .expect(200)
        .json()
        .at("/pending/writes")
        .asInt();
  }

  /** As another node would. */
  private static void changeBesides(Postgres.Database database, String id) throws SQLException {
    try (Connection connection = connect(database);
        PreparedStatement statement =
            connection.prepareStatement(
                "update document set version = version + 100000 where id = ?")) {
      statement.setString(1, id);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }
}
