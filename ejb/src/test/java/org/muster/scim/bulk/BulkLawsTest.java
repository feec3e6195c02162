package org.muster.scim.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One request of many operations does, and says, what as many requests of one would. */
class BulkLawsTest {
  private static final int ROUNDS = 150;
  private static final int NAMES = 6;
  @TempDir private Path together;
  @TempDir private Path apart;

  @Test
  void operationsTogetherDoWhatTheyDoOneByOne() {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Desk one = new Desk(together);
      Desk other = new Desk(apart);
      List<List<String>> known = List.of(populate(one), populate(other));
      List<int[]> operations = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        operations.add(random.ints(4, 0, 1_000).toArray());
      }
      String[] all = new String[operations.size()];
      ArrayNode singles = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < all.length; i++) {
        all[i] = text(operations.get(i), known.get(0), i);
        String single = text(operations.get(i), known.get(1), i);
        singles.add(other.run(single).at("/Operations/0"));
      }
      JsonNode answer = one.run(all);
      String told = "seed " + seed + ", round " + round + ": " + String.join("\n", all);
      assertThat(plain(answer.get("Operations"), known.get(0)))
          .as(told)
          .isEqualTo(plain(singles, known.get(1)));
      assertThat(state(one, known.get(0))).as(told).isEqualTo(state(other, known.get(1)));
    }
  }

  /** Ten resources, the last five of which are groups. */
  private static List<String> populate(Desk desk) {
    List<String> operations = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      operations.add(Desk.user("u" + i, "name" + i));
    }
    for (int i = 0; i < 5; i++) {
      operations.add(Desk.group("g" + i, "group" + i, "bulkId:u" + i));
    }
    JsonNode made = desk.run(operations.toArray(String[]::new));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      ids.add(Desk.id(made, i));
    }
    return ids;
  }

  private static String text(int[] random, List<String> ids, int number) {
    String bulkId = "x" + number;
    int which = random[1] % 5;
    String user = ids.get(which);
    String group = ids.get(5 + which);
    String name = "name" + random[2] % NAMES;
    String member = ids.get(random[3] % 10);
    return switch (random[0] % 9) {
      case 0, 1 -> Desk.user(bulkId, name);
      case 2 -> Desk.user(bulkId, name + "x", Desk.manager(ids.get(random[3] % 5)));
      case 3 -> Desk.group(bulkId, name, member);
      case 4 -> "{'method':'PUT','path':'/Users/" + user + "','data':" + Desk.userBody(name) + "}";
      case 5 ->
          "{'method':'PUT','path':'/Groups/"
              + group
              + "','data':"
              + Desk.groupBody(name, member)
              + "}";
      case 6 ->
          "{'method':'PATCH','path':'/Groups/"
              + group
              + "','data':{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],"
              + "'Operations':[{'op':'add','path':'members','value':[{'value':'"
              + member
              + "'}]}]}}";
      case 7 -> "{'method':'DELETE','path':'/Users/" + user + "'}";
      default ->
          "{'method':'PATCH','path':'/Users/"
              + user
              + "','data':{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],"
              + "'Operations':[{'op':'replace','path':'title','value':'"
              + name
              + "'}]}}";
    };
  }

  /** What is said, without what differs from store to store: ids and versions. */
  private static List<String> plain(JsonNode results, List<String> ids) {
    List<String> plain = new ArrayList<>();
    for (JsonNode result : results) {
      ObjectNode copy = result.deepCopy();
      boolean derived = copy.path("version").asText("").contains("-");
      copy.remove("version");
      if (copy.path("method").asText().equals("POST")) {
        copy.remove("location");
      }
      plain.add(nameless(copy.toString(), ids) + derived);
    }
    return plain;
  }

  private static String nameless(String text, List<String> ids) {
    String result = text;
    for (int i = 0; i < ids.size(); i++) {
      result = result.replace(ids.get(i), "<" + i + ">");
    }
    return result;
  }

  private static List<String> state(Desk desk, List<String> ids) {
    List<String> state = new ArrayList<>();
    for (JsonNode resource : desk.list(desk.users).path("Resources")) {
      state.add(
          resource.path("userName").asText()
              + resource.path("title").asText()
              + nameless(
                  String.join(",", resource.path("groups").findValuesAsText("display")), ids));
    }
    for (JsonNode resource : desk.list(desk.groups).path("Resources")) {
      List<String> members = new ArrayList<>(resource.path("members").findValuesAsText("display"));
      members.sort(null);
      state.add(resource.path("displayName").asText() + members);
    }
    state.sort(null);
    return state;
  }
}
