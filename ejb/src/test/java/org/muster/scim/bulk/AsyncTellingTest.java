package org.muster.scim.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of operations that are done asynchronously (RFC 9967 section 2.5.1.2). */
class AsyncTellingTest {
  @TempDir private Path folder = Path.of("");

  private static String submit(Desk desk, String... operations) {
    return desk.bulk.submit(Desk.call(), Desk.stream(Desk.request("", List.of(operations))), -1);
  }

  @Test
  void eachOperationIsToldOnceWithItsResult() {
    Desk desk = new Desk(folder);
    String transaction =
        submit(
            desk,
            Desk.user("a", "ann"),
            Desk.user("b", "ann"),
            Desk.group("c", "crm", "bulkId:a"),
            "{'method':'DELETE','path':'/Users/nobody'}",
            "{'method':'POST','path':7,'bulkId':'d'}");
    JsonNode answer =
        Desk.read(desk.bulk.find(Desk.call().context(), transaction).body()).path("Operations");
    List<String> transactions = new ArrayList<>();
    for (AsyncResult result : desk.told) {
      transactions.add(result.transaction());
      String number = result.transaction().substring(transaction.length() + 1);
      assertThat(result.response()).isEqualTo(answer.path(Integer.parseInt(number)));
    }
    assertThat(transactions)
        .containsExactlyInAnyOrder(
            transaction + ":0",
            transaction + ":1",
            transaction + ":2",
            transaction + ":3",
            transaction + ":4");
    assertThat(result(desk, transaction, 0).uri()).startsWith("/Users/");
    assertThat(result(desk, transaction, 1).uri()).isEqualTo("/Users");
    assertThat(result(desk, transaction, 1).response().at("/response/scimType").asText())
        .isEqualTo("uniqueness");
    assertThat(result(desk, transaction, 3).uri()).isEqualTo("/Users/nobody");
    assertThat(result(desk, transaction, 4).uri()).isEqualTo("/");
  }

  private static AsyncResult result(Desk desk, String transaction, int number) {
    return desk.told.stream()
        .filter(result -> result.transaction().equals(transaction + ":" + number))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsDoneStaysSoIfNobodyCanBeToldOfIt() {
    Desk desk = new Desk(folder);
    desk.tell(
        (tenant, origin, request, results) -> {
          throw new IllegalStateException("The transaction can't be committed");
        });
    String transaction =
        submit(desk, Desk.user("a", "ann"), Desk.user("b", "bob"), Desk.user("c", "ann"));
    assertThat(Desk.statuses(Desk.read(desk.bulk.find(Desk.call().context(), transaction).body())))
        .containsExactly("201", "201", "409");
  }

  @Test
  void nothingIsToldOfARequestThatIsAnsweredAtOnce() {
    Desk desk = new Desk(folder);
    desk.run(Desk.user("a", "ann"));
    assertThat(desk.told).isEmpty();
  }
}
