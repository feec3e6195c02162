package org.muster.scim.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.muster.scim.bulk.Desk.group;
import static org.muster.scim.bulk.Desk.groupBody;
import static org.muster.scim.bulk.Desk.id;
import static org.muster.scim.bulk.Desk.manager;
import static org.muster.scim.bulk.Desk.statuses;
import static org.muster.scim.bulk.Desk.user;
import static org.muster.scim.bulk.Desk.userBody;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 7644 section 3.7: what operations do, and what is said of them. */
class BulkTest {
  @TempDir private Path folder;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(folder);
  }

  private List<String> members(String group) {
    return desk.get(desk.groups, group).path("members").findValuesAsText("value");
  }

  @Test
  void everyMethodIsAnsweredAsInTheRfc() {
    JsonNode made = desk.run(user("a", "ann"), user("b", "bob"), user("c", "cid"));
    assertThat(statuses(made)).containsExactly("201", "201", "201");
    JsonNode first = made.at("/Operations/0");
    assertThat(first.properties())
        .extracting(member -> member.getKey())
        .containsExactly("location", "method", "bulkId", "version", "status");
    assertThat(first.get("location").asText()).startsWith(Desk.BASE + "/Users/");
    assertThat(first.get("bulkId").asText()).isEqualTo("a");

    String version = first.get("version").textValue().replace("\"", "\\\"");
    JsonNode changed =
        desk.body(
            Desk.request(
                    "",
                    List.of(
                        "{'method':'PUT','path':'/Users/%s','version':'%s','data':%s}"
                            .formatted(id(made, 0), "V", userBody("anna")),
                        ("{'method':'PATCH','path':'/Users/%s','data':{'schemas':['urn:ietf:params:"
                                + "scim:api:messages:2.0:PatchOp'],'Operations':[{'op':'add',"
                                + "'path':'title','value':'Dr'}]}}")
                            .formatted(id(made, 1)),
                        "{'method':'DELETE','path':'/Users/%s'}".formatted(id(made, 2))))
                .replace("\"V\"", "\"" + version + "\""));
    assertThat(statuses(changed)).containsExactly("200", "200", "204");
    assertThat(changed.at("/Operations/0/version").asText())
        .isNotEqualTo(first.get("version").asText());
    assertThat(changed.at("/Operations/2").has("version")).isFalse();
    assertThat(changed.at("/Operations/2/location").asText())
        .isEqualTo(made.at("/Operations/2/location").asText());
    assertThat(desk.get(desk.users, id(made, 0)).at("/userName").asText()).isEqualTo("anna");
    assertThat(desk.get(desk.users, id(made, 1)).at("/title").asText()).isEqualTo("Dr");
    assertThat(desk.list(desk.users).at("/totalResults").asInt()).isEqualTo(2);
  }

  @Test
  void versionInTheAnswerIsTheOneOfTheResource() {
    JsonNode made =
        desk.run(
            user("b", "boss"),
            user("e", "emp", manager("bulkId:b")),
            group("g", "crew", "bulkId:b", "bulkId:e"));
    assertThat(statuses(made)).containsExactly("201", "201", "201");
    assertThat(made.at("/Operations/2/version").asText())
        .isEqualTo(desk.get(desk.groups, id(made, 2)).at("/meta/version").asText());
    // The users are in a group by now, which their tags show: the version before the dash is it.
    String tag = desk.get(desk.users, id(made, 0)).at("/meta/version").asText();
    assertThat(tag).startsWith(made.at("/Operations/0/version").asText().replaceFirst(".$", ""));
  }

  @Test
  void referencesWorkInAnyOrderAndPlace() {
    JsonNode made =
        desk.run(
            group("g", "early", "bulkId:u"),
            user("e", "emp", manager("bulkId:u")),
            user("u", "late"),
            ("{'method':'PATCH','path':'/Groups/bulkId:g','data':{'schemas':['urn:ietf:params:scim:"
                + "api:messages:2.0:PatchOp'],'Operations':[{'op':'add','path':'members','value':"
                + "[{'value':'bulkId:e'}]},{'op':'remove','path':'members[value eq "
                + "\\'bulkId:u\\']'}]}}"),
            "{'method':'DELETE','path':'/Users/bulkId:u'}");
    assertThat(statuses(made)).containsExactly("201", "201", "201", "200", "204");
    assertThat(members(id(made, 0))).containsExactly(id(made, 1));
  }

  @Test
  void circleOfGroupsAndOfManagersIsMade() {
    JsonNode made =
        desk.run(
            group("a", "A", "bulkId:b"),
            group("b", "B", "bulkId:a"),
            user("m", "mia", manager("bulkId:n")),
            user("n", "noa", manager("bulkId:m")),
            group("s", "self", "bulkId:s"));
    assertThat(statuses(made)).containsExactly("201", "201", "201", "201", "201");
    assertThat(members(id(made, 0))).containsExactly(id(made, 1));
    assertThat(members(id(made, 1))).containsExactly(id(made, 0));
    assertThat(members(id(made, 4))).containsExactly(id(made, 4));
    assertThat(made.at("/Operations/2/version").asText())
        .isEqualTo(desk.get(desk.users, id(made, 2)).at("/meta/version").asText());
  }

  @Test
  void circleThatCantBeMadeLeavesNothing() {
    JsonNode made =
        desk.run(
            user("m", "mia", manager("bulkId:n")),
            user("n", "noa", manager("bulkId:m"), "'active':'perhaps'"),
            user("o", "oda", manager("bulkId:n")),
            user("p", "pia"));
    assertThat(statuses(made)).containsExactly("409", "400", "409", "201");
    assertThat(made.at("/Operations/1/response/scimType").asText()).isEqualTo("invalidValue");
    assertThat(desk.list(desk.users).at("/totalResults").asInt()).isEqualTo(1);
  }

  @Test
  void nameThatIsTakenFailsItsOperationAlone() {
    List<String> operations = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      operations.add(user("u" + i, i == 17 || i == 18 || i == 49 ? "u3" : "u" + i));
    }
    operations.add(group("g", "all", "bulkId:u3", "bulkId:u4"));
    operations.add(group("h", "none", "bulkId:u17"));
    JsonNode made = desk.run(operations.toArray(String[]::new));
    for (int i = 0; i < 50; i++) {
      assertThat(made.at("/Operations/" + i + "/status").asText())
          .isEqualTo(i == 17 || i == 18 || i == 49 ? "409" : "201");
    }
    assertThat(made.at("/Operations/17/response/scimType").asText()).isEqualTo("uniqueness");
    assertThat(made.at("/Operations/17").has("location")).isFalse();
    assertThat(members(id(made, 50))).containsExactlyInAnyOrder(id(made, 3), id(made, 4));
    assertThat(made.at("/Operations/51/status").asText()).isEqualTo("409");
    assertThat(desk.list(desk.users).at("/totalResults").asInt()).isEqualTo(47);
  }

  @Test
  void failOnErrorsStopsAfterSoManyErrors() {
    String body =
        Desk.request(
            "'failOnErrors':2,",
            List.of(
                user("a", "one"),
                user("b", "one"),
                user("c", "two"),
                "{'method':'DELETE','path':'/Users/nobody'}",
                user("d", "three")));
    JsonNode answer = desk.body(body);
    assertThat(statuses(answer)).containsExactly("201", "409", "201", "404");
    assertThat(desk.list(desk.users).at("/totalResults").asInt()).isEqualTo(2);
  }

  @Test
  void errorsShowWhatTheyAreAbout() {
    JsonNode answer =
        desk.run(
            "{'method':'PUT','path':'/Users/nobody','data':" + userBody("x") + "}",
            "{'method':'PATCH','path':'/Users/bulkId:none','bulkId':'mine','data':{}}");
    JsonNode first = answer.at("/Operations/0");
    assertThat(first.get("location").asText()).isEqualTo(Desk.BASE + "/Users/nobody");
    assertThat(first.get("status").asText()).isEqualTo("404");
    assertThat(first.at("/response/schemas/0").asText())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    assertThat(first.at("/response/status").asText()).isEqualTo("404");
    JsonNode second = answer.at("/Operations/1");
    assertThat(second.get("bulkId").asText()).isEqualTo("mine");
    assertThat(second.at("/response/scimType").asText()).isEqualTo("invalidValue");
    assertThat(second.has("location")).isFalse();
  }

  @Test
  void whateverFailsOnAResourceSaysItsLocation() {
    JsonNode made = desk.run(user("a", "ann"), user("b", "bob"));
    String path = "/Users/" + id(made, 0);
    JsonNode answer =
        desk.run(
            "{'method':'PUT','path':'%s','data':%s}".formatted(path, userBody("bob")),
            "{'method':'PUT','path':'%s'}".formatted(path),
            "{'method':'PATCH','path':'%s','data':{}}".formatted(path),
            "{'method':'DELETE','path':'%s','version':'W/stale'}".formatted(path),
            "{'method':'DELETE','path':'%s','version':5}".formatted(path),
            "{'method':'BREW','path':'%s'}".formatted(path),
            "{'method':'PUT','path':'%s','data':{'manager':'bulkId:none'}}".formatted(path));
    assertThat(statuses(answer)).containsExactly("409", "400", "400", "412", "400", "400", "400");
    assertThat(answer.get("Operations"))
        .allSatisfy(
            result -> assertThat(result.path("location").asText()).isEqualTo(Desk.BASE + path));
  }

  @Test
  void locationOfWhatIsNotThereIsAUrlAllTheSame() {
    JsonNode answer =
        desk.run(
            "{'method':'DELETE','path':'/Users/a%20b+%C3%A4'}",
            "{'method':'DELETE','path':'/Nothing/1'}", "{'method':'DELETE','path':'/Users'}");
    assertThat(statuses(answer)).containsExactly("404", "404", "400");
    assertThat(answer.get("Operations").findValuesAsText("location"))
        .containsExactly(
            Desk.BASE + "/Users/a%20b+%C3%A4", Desk.BASE + "/Nothing/1", Desk.BASE + "/Users");
  }

  @Test
  void staleVersionIsRefused() {
    JsonNode made = desk.run(user("a", "ann"));
    JsonNode answer =
        desk.run(
            "{'method':'PUT','path':'/Users/%s','version':'W/stale','data':%s}"
                .formatted(id(made, 0), userBody("x")),
            "{'method':'DELETE','path':'/Users/%s','version':'W/stale'}".formatted(id(made, 0)),
            "{'method':'DELETE','path':'/Users/%s','version':'W/%s'}"
                .formatted(
                    id(made, 0),
                    made.at("/Operations/0/version").asText().replaceAll("[W/\"]", "")));
    assertThat(statuses(answer)).containsExactly("412", "412", "204");
  }

  @Test
  void valueThatIsGivenUpLaterIsNotFreeYet() {
    JsonNode made = desk.run(user("a", "ann"), user("b", "bob"));
    String rename = "{'method':'PUT','path':'/Users/%s','data':%s}";
    JsonNode answer =
        desk.run(
            user("c", "ann"),
            rename.formatted(id(made, 0), userBody("anna")),
            rename.formatted(id(made, 1), userBody("ann")));
    assertThat(statuses(answer)).containsExactly("409", "200", "200");
  }

  @Test
  void deletedMemberRaisesTheVersionThatTheNextOperationNames() {
    JsonNode made = desk.run(user("a", "ann"), group("g", "G", "bulkId:a"));
    String tag = made.at("/Operations/1/version").asText().replaceAll("[W/\"]", "");
    JsonNode answer =
        desk.run(
            "{'method':'DELETE','path':'/Users/%s'}".formatted(id(made, 0)),
            "{'method':'DELETE','path':'/Groups/%s','version':'W/%s'}".formatted(id(made, 1), tag));
    assertThat(statuses(answer)).containsExactly("204", "412");
  }

  @Test
  void groupOfAThousandNewUsersIsMadeInOneRequest() {
    List<String> operations = new ArrayList<>();
    String[] references = new String[999];
    for (int i = 0; i < 999; i++) {
      operations.add(user("u" + i, "user" + i));
      references[i] = "bulkId:u" + i;
    }
    operations.add(
        0,
        "{'method':'POST','path':'/Groups','bulkId':'g','data':"
            + groupBody("everybody", references)
            + "}");
    JsonNode made = desk.run(operations.toArray(String[]::new));
    assertThat(statuses(made)).containsOnly("201").hasSize(1_000);
    assertThat(members(id(made, 0))).hasSize(999);
  }
}
