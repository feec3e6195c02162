package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Bulk requests beside each other and beside other writers: nothing lost, nothing done twice. */
class BulkRacesIT extends Protocol {
  private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
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

  private static String addMember(String group, String member) {
    return """
    {"method":"PATCH","path":"/Groups/%s","data":{"schemas":["%s"],"Operations":[
      {"op":"add","path":"members","value":[{"value":"%s"}]}]}}"""
        .formatted(group, PATCH, member);
  }

  @Test
  void membersThatBulksAndOthersAddAreAllThere() throws Exception {
    List<String> groups = List.of(createGroup(unique("a")), createGroup(unique("b")));
    List<String> users = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      users.add(createUser(unique("r")));
    }
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int bulk = 0; bulk < 4; bulk++) {
      List<String> operations = new ArrayList<>();
      for (String user : users.subList(bulk * 5, bulk * 5 + 5)) {
        groups.forEach(group -> operations.add(addMember(group, user)));
      }
      tasks.add(
          () ->
              BulkIT.statuses(BulkIT.bulk(operations.toArray(String[]::new))).stream()
                  .allMatch("200"::equals));
    }
    for (String user : users.subList(20, 40)) {
      for (String group : groups) {
        tasks.add(
            () ->
                patch(
                            "/Groups/" + group,
                            patchBody(
                                "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\""
                                    + user
                                    + "\"}]}"))
                        .status()
                    == 204);
      }
    }
    assertThat(atOnce(tasks)).containsOnly(true);
    for (String group : groups) {
      assertThat(members(group)).containsExactlyInAnyOrderElementsOf(users);
    }
  }

  @Test
  void nameIsGivenOnceByBulksThatRace() throws Exception {
    String prefix = unique("race");
    List<Callable<List<String>>> tasks = new ArrayList<>();
    for (int bulk = 0; bulk < 4; bulk++) {
      List<String> operations = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        operations.add(BulkIT.newUser("u" + i, prefix + i));
      }
      tasks.add(() -> BulkIT.statuses(BulkIT.bulk(operations.toArray(String[]::new))));
    }
    List<List<String>> results = atOnce(tasks);
    for (int i = 0; i < 60; i++) {
      int name = i;
      assertThat(results.stream().map(statuses -> statuses.get(name)).toList())
          .as("name " + i)
          .containsExactlyInAnyOrder("201", "409", "409", "409");
    }
    assertThat(filter("/Users", "userName sw \"" + prefix + "\"").number("/totalResults"))
        .isEqualTo(60);
  }

  @Test
  void memberThatVanishesMeanwhileFailsItsOperationAlone() throws Exception {
    for (int round = 0; round < 3; round++) {
      String user = createUser(unique("vanishing"));
      String name = unique("kept");
      List<List<String>> results =
          atOnce(
              List.of(
                  () ->
                      BulkIT.statuses(
                          BulkIT.bulk(
                              BulkIT.newUser("k", name),
                              BulkIT.newGroup("g", unique("g"), user),
                              BulkIT.newUser("l", name + "2"))),
                  () -> List.of(Integer.toString(send("DELETE", "/Users/" + user, "").status()))));
      assertThat(results.get(1)).containsExactly("204");
      assertThat(results.get(0).get(0)).isEqualTo("201");
      assertThat(results.get(0).get(1)).isIn("201", "400");
      assertThat(results.get(0).get(2)).isEqualTo("201");
    }
  }
}
