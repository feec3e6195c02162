package org.muster.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeopleTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final People people = new People(7, "t");

  @Test
  void sameSeedMakesSamePeopleInAnyOrder() {
    People others = new People(7, "t");
    String last = others.json(99);

    assertThat(IntStream.range(0, 100).mapToObj(others::json))
        .isEqualTo(IntStream.range(0, 100).mapToObj(people::json).toList())
        .last()
        .isEqualTo(last);
  }

  @Test
  void anotherSeedMakesOtherPeople() {
    assertThat(new People(8, "t").json(3)).isNotEqualTo(people.json(3));
  }

  @Test
  void personTakesAboutOneKilobyte() {
    assertThat(IntStream.concat(IntStream.range(0, 1000), IntStream.of(99_999, 9_999_999)).boxed())
        .allSatisfy(index -> assertThat(bytes(index)).isBetween(900, 1200));
    assertThat(IntStream.range(0, 1000).map(this::bytes).average().orElseThrow())
        .isBetween(980.0, 1100.0);
  }

  private int bytes(int index) {
    return people.json(index).getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void personIsAnEnterpriseUserInJson() throws IOException {
    for (int index = 0; index < 500; index++) {
      JsonNode person = JSON.readTree(people.json(index));

      assertThat(person.get("userName").textValue()).isEqualTo(people.userName(index));
      assertThat(person.get("emails")).hasSize(2);
      assertThat(person.get("phoneNumbers")).hasSize(2);
      assertThat(person.get("addresses")).hasSize(1);
      String extension = person.get("schemas").get(1).textValue();
      assertThat(person.get(extension).get("employeeNumber").textValue())
          .isEqualTo(String.valueOf(701984 + index));
    }
  }

  @Test
  void revisionsDifferInTheTitleAlone() throws IOException {
    JsonNode first = JSON.readTree(people.json(5, 1));
    JsonNode second = JSON.readTree(people.json(5, 2));

    assertThat(first.get("title")).isNotEqualTo(second.get("title"));
    ((ObjectNode) first).remove("title");
    ((ObjectNode) second).remove("title");
    assertThat(first).isEqualTo(second);
  }

  @Test
  void labelsKeepPopulationsApart() {
    assertThat(new People(7, "a").userName(1)).isNotEqualTo(new People(7, "b").userName(1));
  }
}
