package org.muster.scim.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.muster.scim.definition.DefinitionsTest.assertConflict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.access.Definition.Kind;
import org.muster.kernel.Origin;

/** What stored resources stand against, and what they don't. */
class ContradictionsTest {
  private static final String URN = "urn:x:Thing";
  private static final String BEFORE =
      "{'name':'code'},{'name':'part','type':'complex','multiValued':true,"
          + "'subAttributes':[{'name':'value'},{'name':'kind'}]},"
          + "{'name':'unique','uniqueness':'server'},"
          + "{'name':'owner','type':'complex','x-link':{'relation':'owner','types':['User','Group']},"
          + "'subAttributes':[{'name':'value'}]}";
  private static final String PART =
      "{'name':'part','type':'complex','multiValued':true,'subAttributes':";
  private static final String OWNER =
      "{'name':'owner','type':'complex','subAttributes':"
          + "[{'name':'value'}],'x-link':{'relation':'owner','types':";

  private final World world = new World();

  /** Two things: one with everything, one with nothing but a code. */
  private void fill() {
    world.addThing(BEFORE, "");
    String ann = world.post("User", "'userName':'ann'");
    world.post(
        "Thing",
        "'code':'a','part':[{'value':'1','kind':'k'},{'value':'2'}],'unique':'u','owner':{'value':'"
            + ann
            + "'}");
    world.post("Thing", "'code':'b'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "code|{'name':'code','type':'integer'}|code changes its type (2 resources)",
        "code|{'name':'code','multiValued':true}|code changes its multiValued (2 resources)",
        "code|{'name':'code','caseExact':true}|code changes its caseExact (2 resources)",
        "code|{'name':'code','mutability':'writeOnly','returned':'never'}|writeOnly (2 resources)",
        "code|{'name':'CODE'}|code is removed (2 resources)",
        "code||code is removed (2 resources)",
        "unique|{'name':'unique','required':true}|unique becomes required (1 resource)",
        "unique|{'name':'unique'}|unique is unique no longer (1 resource)",
        "unique|{'name':'unique','uniqueness':'server'},{'name':'new','required':true}"
            + "|new becomes required (2 resources)",
        "part|PART[{'name':'value','type':'integer'},{'name':'kind'}]}"
            + "|part.value changes its type (1 resource)",
        "part|PART[{'name':'value'}]}|part.kind is removed (1 resource)",
        "part|PART[{'name':'value'},{'name':'kind','required':true}]}"
            + "|part.kind becomes required (1 resource)",
        "part|PART[{'name':'value'},{'name':'kind'},{'name':'n','required':true}]}"
            + "|part.n becomes required (1 resource)",
        "owner||owner is removed (1 resource)",
        "owner|OWNER['Group']}}|owner no longer leads to User (1 resource)",
        "owner|{'name':'owner'}|owner becomes another link or none (1 resource)"
      })
  void contradictionIsToldWithItsCountAndNothingChanges(
      String name, String attribute, String message) {
    fill();
    var before = world.types.schema(World.ACME, URN);
    assertConflict(() -> world.putSchema(URN, replaced(name, attribute)), message);
    assertThat(world.types.schema(World.ACME, URN)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "code|{'name':'code','description':'new','canonicalValues':['a','z'],'returned':'always'}",
        "code|{'name':'code','mutability':'immutable'}",
        "code|{'name':'code','required':true}",
        "code|{'name':'code'},{'name':'new'}",
        "part|PART[{'name':'value','required':true},{'name':'kind'},{'name':'new'}]}",
        "owner|OWNER['User','Group','Thing']}}",
        "owner|OWNER['User']}}"
      })
  void harmlessChangeIsMadeAtOnce(String name, String attribute) {
    fill();
    world.putSchema(URN, replaced(name, attribute));
    assertThat(world.find("Thing", "code eq \"a\"")).hasSize(1);
  }

  @Test
  void whereThereIsNoValueEverythingMayChange() {
    world.addThing(BEFORE, "");
    world.putSchema(URN, "{'name':'code','type':'integer','required':true}");
    assertThat(world.post("Thing", "'code':1")).isNotEmpty();
  }

  private static String replaced(String name, String attribute) {
    String[] all = {
      "{'name':'code'}",
      PART + "[{'name':'value'},{'name':'kind'}]}",
      "{'name':'unique','uniqueness':'server'}",
      OWNER + "['User','Group']}}"
    };
    StringBuilder attributes = new StringBuilder();
    for (String old : all) {
      String now =
          old.contains("'name':'" + name + "'") ? (attribute == null ? "" : attribute) : old;
      if (!now.isEmpty()) {
        attributes.append(attributes.isEmpty() ? "" : ",").append(now);
      }
    }
    return attributes.toString().replace("PART", PART).replace("OWNER", OWNER);
  }

  @Test
  void typeWithResourcesStaysWhereItIs() {
    fill();
    world.addSchema("urn:x:Other", "{'name':'code'}");
    assertConflict(
        () ->
            world.definitions.delete(
                World.ACME, Kind.RESOURCE_TYPE, "Thing", World.ALWAYS, Origin.SYSTEM),
        "there are 2 resources of it");
    assertConflict(
        () ->
            world.putType("Thing", World.json(World.thing("").toString().replace("/Things", "/X"))),
        "its endpoint changes (2 resources)");
    assertConflict(
        () ->
            world.putType(
                "Thing",
                World.json(World.thing("").toString().replace("urn:x:Thing", "urn:x:Other"))),
        "its schema becomes another one (2 resources)");
  }

  @Test
  void extensionIsRequiredOrRemovedOnlyIfAllOrNoneHaveIt() {
    fill();
    world.addSchema("urn:x:More", "{'name':'more'}");
    String optional = ",'schemaExtensions':[{'schema':'urn:x:More'}]";
    String required = ",'schemaExtensions':[{'schema':'urn:x:More','required':true}]";
    assertConflict(
        () -> world.putType("Thing", World.thing(required)),
        "urn:x:More becomes required (2 resources)");
    world.putType("Thing", World.thing(optional));
    String id = world.post("Thing", "'code':'c','urn:x:More':{'more':'m'}");
    assertConflict(
        () -> world.putType("Thing", World.thing(required)),
        "urn:x:More becomes required (2 resources)");
    assertConflict(
        () -> world.putType("Thing", World.thing("")), "urn:x:More is removed (1 resource)");
    assertConflict(
        () -> world.putSchema("urn:x:More", "{'name':'less'}"),
        "urn:x:More:more is removed (1 resource)");
    world.delete("Thing", id);
    world.putType("Thing", World.thing(""));
  }

  @Test
  void valuesThatBecomeUniqueAreClaimedUnlessTwoAreTheSame() {
    world.addThing("{'name':'code'}", "");
    String first = world.post("Thing", "'code':'A'");
    String second = world.post("Thing", "'code':'a'");
    String unique = "{'name':'code','uniqueness':'server'}";
    assertConflict(() -> world.putSchema(URN, unique), "its value is another's too (1 resource)");
    world.post("Thing", "'code':'a'");
    world.delete("Thing", second);
    assertConflict(() -> world.putSchema(URN, unique), "its value is another's too (1 resource)");
    world.find("Thing", "code eq \"a\"").stream()
        .filter(id -> !id.equals(first))
        .forEach(id -> world.delete("Thing", id));
    String etag = world.get("Thing", first).at("/meta/version").asText();
    world.putSchema(URN, unique);
    assertThat(world.get("Thing", first).at("/meta/version").asText()).isEqualTo(etag);
    assertConflict(() -> world.post("Thing", "'code':'A'"), "taken");
    world.delete("Thing", first);
    world.post("Thing", "'code':'A'");
  }

  @Test
  void claimsAreGivenUpIfTheChangeFailsInTheEnd() {
    world.addThing("{'name':'code'}", "");
    world.post("Thing", "'code':'a'");
    world.store.lostRaces = 100;
    DefinitionsTest.assertStatus(
        503, () -> world.putSchema(URN, "{'name':'code','uniqueness':'server'}"));
    world.store.lostRaces = 0;
    world.post("Thing", "'code':'a'");
    assertThat(world.find("Thing", "code eq \"a\"")).hasSize(2);
  }

  @Test
  void moreResourcesThanMayBeLookedAtRefuseTheChange() {
    World small = new World(2);
    small.addThing("{'name':'code'}", "");
    for (int i = 0; i < 3; i++) {
      small.post("Thing", "'code':'a'");
    }
    assertConflict(
        () -> small.putSchema(URN, "{'name':'other'}"), "There are 3 resources of Thing");
    small.putSchema(URN, "{'name':'code'},{'name':'new'}");
  }
}
