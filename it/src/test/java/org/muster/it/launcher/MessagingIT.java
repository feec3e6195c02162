package org.muster.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.muster.it.Instance;
import org.muster.it.Postgres;
import org.muster.it.ScimClient;

/** Events as messages: by the broker inside of the server, and by another one. */
@Tag("launcher")
class MessagingIT {
  private static final String TOPIC = "events";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration QUIET = Duration.ofSeconds(8);
  private static final int WRITERS = 3;

  private static String user(String name) {
    return "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\""
        + name
        + "\"}";
  }

  private static JsonNode status(Instance instance) {
    return new ScimClient(instance.url(), instance.token())
        .get("/storage/v1/projections/messaging")
        .expect(200)
        .json();
  }

  /** By its first arrival every event comes in the order of its resource, and none is missing. */
  private static void assertInOrder(List<Subscriber.Received> all) {
    Set<String> seen = new HashSet<>();
    Map<String, Long> last = new HashMap<>();
    long position = 0;
    for (Subscriber.Received each : all) {
      assertThat(each.group())
          .isEqualTo(
              each.tenant()
                  + "/"
                  + each.collection()
                  + "/"
                  + each.body().path("resourceId").asText());
      assertThat(each.body().path("id").asText()).isEqualTo(each.eventId());
      assertThat(each.body().path("position").asText()).isEqualTo("" + each.position());
      if (seen.add(each.eventId())) {
        assertThat(each.position()).isGreaterThan(position);
        position = each.position();
        long number = each.body().path("number").asLong();
        assertThat(number).isEqualTo(last.getOrDefault(each.group(), 0L) + 1);
        last.put(each.group(), number);
      }
    }
  }

  @Test
  void serversOwnBrokerHasAllThatHappensSinceItWasAskedForThoughTheServerIsKilled()
      throws Exception {
    int port = Instance.freePort();
    try (Instance instance = Instance.fresh("messages")) {
      instance.start();
      instance.client().post("/Users", user("before")).expect(201);
      instance.stop();
      instance
          .with("MUSTER_JMS", "embedded:" + port)
          .with("MUSTER_MESSAGING_TOPIC", TOPIC)
          .with("MUSTER_DELIVERY_LEASE_SECONDS", "5")
          .start();
      List<Subscriber.Received> all = new ArrayList<>();
      Journal journal = new Journal();
      try (Subscriber subscriber = new Subscriber(MessageBroker.client(port), TOPIC, "all", "")) {
        instance.client().post("/Users", user("first")).expect(201);
        all.addAll(subscriber.take(1, PATIENCE));
        assertThat(all.get(0).body().at("/content/document/userName").asText()).isEqualTo("first");
        assertThat(all.get(0).type()).isEqualTo("created");
      }
      assertThat(listensElsewhere(port)).isFalse();
      writeUntilKilled(instance, journal);
      instance.start();
      try (Subscriber subscriber = new Subscriber(MessageBroker.client(port), TOPIC, "all", "")) {
        instance.client().post("/Users", user("last")).expect(201);
        all.addAll(subscriber.take(1, PATIENCE));
        all.addAll(subscriber.drain(QUIET));
      }
      Map<String, String> created = new HashMap<>();
      for (Subscriber.Received each : all) {
        if (each.type().equals("created")) {
          created.put(
              each.body().path("resourceId").asText(),
              each.body().at("/content/document/userName").asText());
        }
      }
      journal.users.forEach((name, id) -> assertThat(created).containsEntry(id, name));
      assertThat(created.values()).contains("last").doesNotContain("before");
      assertThat(journal.users.size()).isGreaterThan(WRITERS);
      assertInOrder(all.stream().filter(each -> each.collection().equals("User")).toList());
      assertThat(status(instance).path("state").asText()).isEqualTo("running");
    }
  }

  private static void writeUntilKilled(Instance instance, Journal journal) throws Exception {
    String group =
        instance
            .client()
            .post(
                "/Groups",
                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],"
                    + "\"displayName\":\"g\"}")
            .expect(201)
            .id();
    ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(
            pool.submit(new Writer("w" + i, instance.client(), List.of(group), journal, i)));
      }
      Thread.sleep(3_000);
      instance.kill();
      for (Future<?> writer : writers) {
        writer.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** Whether the broker takes connections at an address that is not of this machine alone. */
  private static boolean listensElsewhere(int port) throws Exception {
    Optional<String> address =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress())
            .map(each -> each.getHostAddress())
            .findFirst();
    if (address.isEmpty()) {
      return false;
    }
    try (Socket socket = new Socket(address.get(), port)) {
      return socket.isConnected();
    } catch (java.io.IOException e) {
      return false;
    }
  }

  @Test
  void brokerThatIsAwaySlowsNoWriteAndGetsEverythingAfterwardsFromWhicheverNodeIsLeft(
      @TempDir Path folder) throws Exception {
    try (Postgres postgres = Postgres.start();
        MessageBroker broker = new MessageBroker(folder)) {
      Postgres.Database database = postgres.create("muster");
      try (Instance one = node("one", database, broker);
          Instance two = node("two", database, broker).with("MUSTER_ADMIN_TOKEN", one.token())) {
        one.start();
        two.start();
        List<Subscriber.Received> all = new ArrayList<>();
        try (Subscriber subscriber =
                new Subscriber(MessageBroker.client(broker.port()), TOPIC, "all", "");
            Subscriber deletions =
                new Subscriber(
                    MessageBroker.client(broker.port()),
                    TOPIC,
                    "deletions",
                    "type = 'deleted' and collection = 'User' and position > 1")) {
          String ann = one.client().post("/Users", user("ann")).expect(201).id();
          two.client().delete("/Users/" + ann).expect(204);
          all.addAll(subscriber.take(2, PATIENCE));
          assertThat(deletions.take(1, PATIENCE).get(0).body().path("resourceId").asText())
              .isEqualTo(ann);
        }
        broker.kill();
        long begin = System.nanoTime();
        for (int i = 0; i < 40; i++) {
          (i % 2 == 0 ? one : two).client().post("/Users", user("away-" + i)).expect(201);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(QUIET);
        awaitFailure(one);
        assertThat(status(one).path("error").asText())
            .contains("broker")
            .doesNotContain("Exception")
            .doesNotContain("jakarta");
        one.kill();
        two.client().post("/Users", user("alone")).expect(201);
        broker.restart();
        try (Subscriber subscriber =
            new Subscriber(MessageBroker.client(broker.port()), TOPIC, "all", "")) {
          all.addAll(subscriber.take(41, PATIENCE));
          all.addAll(subscriber.drain(QUIET));
        }
        assertInOrder(all);
        assertThat(all)
            .extracting(each -> each.body().at("/content/document/userName").asText())
            .contains("away-0", "away-39", "alone");
      }
    }
  }

  private static Instance node(String name, Postgres.Database database, MessageBroker broker) {
    return Instance.fresh("messages-" + name)
        .on(database)
        .with("MUSTER_JMS", "127.0.0.1:" + broker.port())
        .with("MUSTER_MESSAGING_TOPIC", TOPIC)
        .with("MUSTER_DELIVERY_LEASE_SECONDS", "5");
  }

  private static void awaitFailure(Instance instance) throws InterruptedException {
    for (int i = 0; i < 900; i++) {
      if (status(instance).path("state").asText().equals("failed")) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError(status(instance).toString());
  }
}
