package org.muster.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.muster.it.Instance;
import org.muster.it.Postgres;
import org.muster.it.ScimClient;

/**
 * A server killed in the middle of writes loses nothing that it has acknowledged, and keeps no half
 * of a batch: no user without its unique claim, no claim without its user, no membership that only
 * one side knows, no pair of members of whom only one came in.
 */
@Tag("launcher")
class RestartIT {
  private static final int ROUNDS = 3;
  private static final int WRITERS = 4;

  @Test
  void killedServerOnH2KeepsWhatItAcknowledged() throws Exception {
    try (Instance instance = Instance.fresh("restart-h2")) {
      survive(instance);
    }
  }

  @Test
  void killedServerOnPostgresqlKeepsWhatItAcknowledged() throws Exception {
    try (Postgres postgres = Postgres.start();
        Instance instance = Instance.fresh("restart-pg").on(postgres.create("muster"))) {
      survive(instance);
    }
  }

  private static void survive(Instance instance) throws Exception {
    long seed = Long.getLong("muster.it.seed", System.nanoTime());
    System.out.println("seed of the kills: " + seed + " (-Dmuster.it.seed)");
    Random random = new Random(seed);
    Journal journal = new Journal();
    ScimClient scim = instance.client();
    instance.start();
    List<String> groups = new ArrayList<>();
    for (String name : List.of("red", "green", "blue")) {
      groups.add(
          scim.post(
                  "/Groups",
                  "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],\"displayName\":\""
                      + name
                      + "\"}")
              .expect(201)
              .id());
    }
    for (int round = 0; round < ROUNDS; round++) {
      writeUntilKilled(instance, groups, journal, round, random);
      instance.start();
      checkUsers(scim, journal);
      checkMemberships(scim, groups, journal);
    }
    assertThat(journal.users.size()).as("acknowledged users").isGreaterThan(ROUNDS * WRITERS);
  }

  private static void writeUntilKilled(
      Instance instance, List<String> groups, Journal journal, int round, Random random)
      throws InterruptedException, ExecutionException, TimeoutException {
    ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        String name = "r" + round + "w" + i;
        writers.add(
            pool.submit(new Writer(name, instance.client(), groups, journal, random.nextLong())));
      }
      Thread.sleep(2_000 + random.nextInt(3_000));
      instance.kill();
      for (Future<?> writer : writers) {
        writer.get(60, TimeUnit.SECONDS); // fails if the server gave an answer that it must not
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** Users and their claims: both or neither. */
  private static void checkUsers(ScimClient scim, Journal journal) {
    journal.users.forEach(
        (userName, id) -> {
          JsonNode user = scim.get("/Users/" + id).expect(200).json();
          assertThat(user.path("userName").asText()).isEqualTo(userName);
          assertThat(find(scim, userName)).as(userName).containsExactly(id);
        });
    for (String userName : Set.copyOf(journal.unsure)) {
      List<String> found = find(scim, userName);
      int status =
          scim.post(
                  "/Users",
                  "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\""
                      + userName
                      + "\"}")
              .status();
      assertThat(status).as(userName + " found as " + found).isEqualTo(found.isEmpty() ? 201 : 409);
      journal.users.put(userName, find(scim, userName).get(0));
      journal.unsure.remove(userName);
    }
  }

  private static List<String> find(ScimClient scim, String userName) {
    String filter = URLEncoder.encode("userName eq \"" + userName + "\"", StandardCharsets.UTF_8);
    List<String> ids = new ArrayList<>();
    scim.get("/Users?attributes=id&filter=" + filter)
        .expect(200)
        .json()
        .path("Resources")
        .forEach(user -> ids.add(user.path("id").asText()));
    return ids;
  }

  /** Memberships: seen alike from the group and from the user, pairs whole. */
  private static void checkMemberships(ScimClient scim, List<String> groups, Journal journal) {
    Map<String, Set<String>> members = new HashMap<>();
    for (String group : groups) {
      Set<String> ids = new HashSet<>();
      scim.get("/Groups/" + group)
          .expect(200)
          .json()
          .path("members")
          .forEach(member -> ids.add(member.path("value").asText()));
      members.put(group, ids);
    }
    for (Journal.Pair pair : journal.pairs) {
      Set<String> ids = members.getOrDefault(pair.group(), Set.of());
      boolean in = ids.contains(pair.one());
      assertThat(ids.contains(pair.other())).as(pair.toString()).isEqualTo(in);
      if (pair.acknowledged()) {
        assertThat(in).as(pair.toString()).isTrue();
      }
    }
    for (String id : journal.users.values()) {
      Set<String> seen = new HashSet<>();
      scim.get("/Users/" + id)
          .expect(200)
          .json()
          .path("groups")
          .forEach(group -> seen.add(group.path("value").asText()));
      Set<String> expected = new HashSet<>(groups);
      expected.removeIf(group -> !members.getOrDefault(group, Set.of()).contains(id));
      assertThat(seen).as(id).isEqualTo(expected);
    }
  }
}
