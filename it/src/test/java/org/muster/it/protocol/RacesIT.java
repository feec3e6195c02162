package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What racing clients see: one winner, nothing lost. */
class RacesIT extends Protocol {
  private static <T> List<T> atOnce(int threads, Callable<T> task) throws Exception {
    return atOnce(java.util.Collections.nCopies(threads, task));
  }

  private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(16);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void oneOfSixteenGetsTheName() throws Exception {
    for (int round = 0; round < 5; round++) {
      String body = "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, unique("race"));
      List<Integer> statuses = atOnce(16, () -> post("/Users", body).status());
      assertThat(statuses).filteredOn(s -> s == 201).hasSize(1);
      assertThat(statuses).filteredOn(s -> s == 409).hasSize(15);
    }
  }

  @Test
  void noMemberIsLost() throws Exception {
    String group = createGroup(unique("race"));
    List<String> users = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      users.add(createUser(unique("r")));
    }
    List<Callable<Integer>> adds = new ArrayList<>();
    for (String user : users) {
      adds.add(
          () ->
              patch(
                      "/Groups/" + group,
                      patchBody(
                          "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}"
                              .formatted(user)))
                  .status());
    }
    assertThat(atOnce(adds)).containsOnly(204);
    assertThat(members(group)).containsExactlyInAnyOrderElementsOf(users);
  }

  @Test
  void oneOfManyWritersOfTheSameVersionWins() throws Exception {
    String name = unique("cas");
    String id = createUser(name);
    String etag = get("/Users/" + id).header("ETag");
    List<Callable<Integer>> writes = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String body =
          "{\"schemas\":[\"%s\"],\"userName\":\"%s\",\"title\":\"t%d\"}".formatted(USER, name, i);
      writes.add(() -> send("PUT", "/Users/" + id, body, "If-Match", etag).status());
    }
    List<Integer> statuses = atOnce(writes);
    assertThat(statuses).filteredOn(s -> s == 200).hasSize(1);
    assertThat(statuses).filteredOn(s -> s == 412).hasSize(15);
  }

  @Test
  void deletedMemberLeavesNoOrphan() throws Exception {
    for (int round = 0; round < 5; round++) {
      String user = createUser(unique("orphan"));
      String group = createGroup(unique("orphans"));
      String add =
          patchBody(
              "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}"
                  .formatted(user));
      List<Integer> statuses =
          atOnce(
              List.of(
                  () -> patch("/Groups/" + group, add).status(),
                  () -> send("DELETE", "/Users/" + user, "").status()));
      assertThat(statuses.get(1)).isEqualTo(204);
      assertThat(statuses.get(0)).isIn(204, 400);
      assertThat(members(group)).isEmpty();
    }
  }
}
