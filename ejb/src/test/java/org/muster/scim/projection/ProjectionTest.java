package org.muster.scim.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.schema.AttributePaths;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypeReader;
import org.muster.scim.schema.SchemaDefinition;
import org.muster.scim.schema.SchemaReader;
import org.muster.storage.JsonDocument;

class ProjectionTest {
  private static final BuiltInResourceTypes TYPES = new BuiltInResourceTypes();
  private static final ResourceType USER = TYPES.byName(TenantId.DEFAULT, "User").orElseThrow();
  private static final ResourceType GROUP = TYPES.byName(TenantId.DEFAULT, "Group").orElseThrow();
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final ObjectNode BARBARA =
      json(
          """
          {"schemas":["s"],"id":"1","externalId":"e","userName":"b",
           "name":{"givenName":"Barbara","familyName":"Jensen"},
           "emails":[{"value":"b@x","type":"work"},{"type":"home"}],
           "%s":{"employeeNumber":"7","manager":{"value":"9","displayName":"Mr."}},
           "meta":{"resourceType":"User","version":"W/1"}}"""
              .formatted(ENTERPRISE));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "userName|{'schemas':['s'],'id':'1','userName':'b'}",
        "USERNAME, urn:ietf:params:scim:schemas:core:2.0:User:externalId"
            + "|{'schemas':['s'],'id':'1','externalId':'e','userName':'b'}",
        "name.familyName|{'schemas':['s'],'id':'1','name':{'familyName':'Jensen'}}",
        "name|{'schemas':['s'],'id':'1','name':{'givenName':'Barbara','familyName':'Jensen'}}",
        "emails.value|{'schemas':['s'],'id':'1','emails':[{'value':'b@x'}]}",
        "emails.display|{'schemas':['s'],'id':'1'}",
        "meta.version|{'schemas':['s'],'id':'1','meta':{'version':'W/1'}}",
        "E|{'schemas':['s'],'id':'1','E':{'employeeNumber':'7','manager':"
            + "{'value':'9','displayName':'Mr.'}}}",
        "E:employeeNumber|{'schemas':['s'],'id':'1','E':{'employeeNumber':'7'}}",
        "E:manager.value|{'schemas':['s'],'id':'1','E':{'manager':{'value':'9'}}}",
        "password, nothing|{'schemas':['s'],'id':'1'}",
        "urn:ietf:params:scim:schemas:core:2.0:USER|{'schemas':['s'],'id':'1','userName':'b',"
            + "'name':{'givenName':'Barbara','familyName':'Jensen'},"
            + "'emails':[{'value':'b@x','type':'work'},{'type':'home'}]}"
      })
  void attributesAreShownAloneWithThoseThatAlwaysAre(String names, String shown) {
    Projection projection = Projection.of(USER, new Selection(names(names), List.of()));
    assertThat(projection.isWhole()).isFalse();
    assertThat(projection.apply(BARBARA)).isEqualTo(json(quoted(shown)));
  }

  @Test
  void excludedAttributesAreLeftOutUnlessTheyAlwaysAreShown() {
    Projection projection =
        Projection.of(
            USER,
            new Selection(
                List.of(),
                names("id,schemas,emails.type,name,E:manager.displayName,meta,nothing")));
    assertThat(projection.apply(BARBARA))
        .isEqualTo(
            json(
                quoted(
                    "{'schemas':['s'],'id':'1','externalId':'e','userName':'b',"
                        + "'emails':[{'value':'b@x'}],"
                        + "'E':{'employeeNumber':'7','manager':{'value':'9'}}}")));
    assertThat(
            Projection.of(USER, new Selection(List.of(), names("E")))
                .apply(BARBARA)
                .has(ENTERPRISE))
        .isFalse();
  }

  @Test
  void withoutSelectionAllIsShownAsItIs() {
    Projection projection = Projection.of(USER, Selection.DEFAULT);
    assertThat(projection.isWhole()).isTrue();
    assertThat(projection.apply(BARBARA)).isEqualTo(BARBARA);
    assertThat(projection.apply(BARBARA.deepCopy().put("password", "x"))).isEqualTo(BARBARA);
  }

  @Test
  void membersAreNotTouchedUnlessTheyAreShown() {
    assertThat(shows(Selection.DEFAULT, "members")).isTrue();
    assertThat(shows(new Selection(List.of(), List.of("members")), "members")).isFalse();
    assertThat(shows(new Selection(List.of("displayName"), List.of()), "members")).isFalse();
    Selection values = new Selection(List.of("members.value"), List.of());
    assertThat(shows(values, "members")).isTrue();
    assertThat(shows(values, "members.value")).isTrue();
    assertThat(shows(values, "members.display")).isFalse();
  }

  @Test
  void attributesAndExcludedAttributesExcludeEachOther() {
    assertThatThrownBy(() -> Projection.of(USER, new Selection(List.of("name"), List.of("emails"))))
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> assertThat(e.type()).contains(ScimException.Type.INVALID_VALUE));
  }

  /** RFC 7643 section 7, "returned". */
  @Test
  void requestAttributesAreShownOnlyIfAskedForAndNeverOnesNever() {
    ResourceType type = hiding();
    ObjectNode resource = json(quoted("{'id':'1','a':'x','r':'x','n':'x','c':{'k':'x','d':'x'}}"));
    assertThat(Projection.of(type, Selection.DEFAULT).isWhole()).isFalse();
    assertThat(Projection.of(type, Selection.DEFAULT).apply(resource))
        .isEqualTo(json(quoted("{'id':'1','a':'x','c':{'k':'x','d':'x'}}")));
    assertThat(
            Projection.of(type, new Selection(List.of("r", "n", "c.d"), List.of())).apply(resource))
        .isEqualTo(json(quoted("{'id':'1','a':'x','r':'x','c':{'k':'x','d':'x'}}")));
    assertThat(
            Projection.of(type, new Selection(List.of(), List.of("a", "c.k", "c.d")))
                .apply(resource))
        .isEqualTo(json(quoted("{'id':'1','a':'x','c':{'k':'x'}}")));
  }

  private static ResourceType hiding() {
    SchemaDefinition schema =
        SchemaReader.read(
            json(
                quoted(
                    "{'id':'urn:x:T','attributes':[{'name':'a','returned':'always'},"
                        + "{'name':'r','returned':'request'},{'name':'n','returned':'never'},"
                        + "{'name':'c','type':'complex','subAttributes':["
                        + "{'name':'k','returned':'always'},{'name':'d'}]}]}")));
    return ResourceTypeReader.read(
        json(quoted("{'name':'T','endpoint':'/Ts','schema':'urn:x:T'}")), u -> Optional.of(schema));
  }

  private static boolean shows(Selection selection, String name) {
    return Projection.of(GROUP, selection).shows(AttributePaths.resolve(GROUP, name).orElseThrow());
  }

  private static List<String> names(String text) {
    return List.of(text.replaceAll("\\bE\\b", ENTERPRISE).split(","));
  }

  private static String quoted(String text) {
    return text.replace('\'', '"').replace("\"E\"", "\"" + ENTERPRISE + "\"");
  }

  private static ObjectNode json(String text) {
    try {
      JsonNode node = JsonDocument.MAPPER.readTree(text);
      return (ObjectNode) node;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
