package org.muster.scim.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.muster.ManualClock;
import org.muster.access.Definition.Kind;
import org.muster.cache.SharedLevel;
import org.muster.directory.DirectoryText;
import org.muster.directory.TestDirectory;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Condition;

/** A tenant's own schemas and types: made, extended, removed. */
class DefinitionsTest {
  private static final String SIZE = "{'name':'size','type':'integer'}";
  private static final String BADGE_URN = "urn:x:Badge";

  private final World world = new World();

  @Test
  void typeIsServedFromTheNextCallOnAndOfItsTenantAlone() {
    world.addThing(SIZE, "");
    String id = world.post("Thing", "'size':3");
    assertThat(world.get("Thing", id).path("size").asInt()).isEqualTo(3);
    assertThat(world.get("Thing", id).at("/meta/location").asText())
        .isEqualTo("https://example.com/scim/v2/Things/" + id);
    assertThat(world.types.byEndpoint(new TenantId("other"), "Things")).isEmpty();
    assertThat(world.types.schemas(World.ACME)).extracting("id").contains("urn:x:Thing");
  }

  @Test
  void otherNodeNoticesByItsNextRefresh() {
    TenantResourceTypes other =
        new TenantResourceTypes(world.store, world.types.builtIn(), TestDirectory.ofSystem());
    other.refresh();
    assertThat(other.byName(World.ACME, "Thing")).isEmpty();
    world.addThing(SIZE, "");
    assertThat(other.byName(World.ACME, "Thing")).isEmpty();
    other.refresh();
    assertThat(other.byName(World.ACME, "Thing")).isPresent();
  }

  @Test
  void otherNodeWithTheSameCacheNoticesAtOnce() {
    ManualClock clock = new ManualClock();
    SharedLevel<DirectoryText> shared = new SharedLevel<>(TestDirectory.heap(clock, clock::nanos));
    TenantResourceTypes here = beside(shared, clock);
    TenantResourceTypes there = beside(shared, clock);
    assertThat(there.byName(World.ACME, "Thing")).isEmpty();
    world.addThing(SIZE, "");
    here.forget(World.ACME);
    assertThat(there.byName(World.ACME, "Thing")).isPresent();
    assertThat(there.catalog(World.ACME)).isSameAs(there.catalog(World.ACME));
  }

  @Test
  void versionThatIsReadAgainMakesNothingAnew() {
    ManualClock clock = new ManualClock();
    TenantResourceTypes types =
        new TenantResourceTypes(
            world.store, world.types.builtIn(), TestDirectory.of(clock, clock::nanos));
    world.addThing(SIZE, "");
    var catalog = types.catalog(World.ACME);
    clock.pass(TestDirectory.KEPT);
    assertThat(types.catalog(World.ACME)).isSameAs(catalog);
  }

  private TenantResourceTypes beside(SharedLevel<DirectoryText> shared, ManualClock clock) {
    return new TenantResourceTypes(
        world.store,
        world.types.builtIn(),
        TestDirectory.beside(shared.node(), clock, clock::nanos));
  }

  @Test
  void whatIsShownCanBePutAgainAndThenChangesNothing() {
    Shown made = world.addThing(SIZE, ",'x-searchable':['size']");
    assertThat(made.json().at("/x-indexes/0/state").asText()).isEqualTo("building");
    Shown again = world.putType("Thing", made.json().deepCopy());
    assertThat(again.version()).isEqualTo(made.version());
  }

  @Test
  void builtInTypeIsExtendedAndRestored() {
    world.addSchema(BADGE_URN, "{'name':'number','uniqueness':'server'}");
    var user =
        world
            .definitions
            .find(World.ACME, Kind.RESOURCE_TYPE, "User")
            .orElseThrow()
            .json()
            .deepCopy();
    ((com.fasterxml.jackson.databind.node.ArrayNode) user.path("schemaExtensions"))
        .addObject()
        .put("schema", BADGE_URN);
    world.putType("User", (com.fasterxml.jackson.databind.node.ObjectNode) user);
    String id = world.post("User", "'userName':'ann','" + BADGE_URN + "':{'number':'7'}");
    assertThat(world.get("User", id).path("schemas").toString()).contains(BADGE_URN);
    assertConflict(
        () -> world.post("User", "'userName':'bob','" + BADGE_URN + "':{'number':'7'}"), "taken");
    assertConflict(
        () ->
            world.definitions.delete(
                World.ACME, Kind.RESOURCE_TYPE, "User", World.ALWAYS, Origin.SYSTEM),
        BADGE_URN + " is removed (1 resource)");
    assertConflict(
        () ->
            world.definitions.delete(
                World.ACME, Kind.SCHEMA, BADGE_URN, World.ALWAYS, Origin.SYSTEM),
        "used by the resource type User");
    world.delete("User", id);
    world.definitions.delete(World.ACME, Kind.RESOURCE_TYPE, "User", World.ALWAYS, Origin.SYSTEM);
    world.definitions.delete(World.ACME, Kind.SCHEMA, BADGE_URN, World.ALWAYS, Origin.SYSTEM);
    assertThat(world.type("User").extension(BADGE_URN)).isEmpty();
    assertThat(world.definitions.list(World.ACME, Kind.SCHEMA)).isEmpty();
  }

  @Test
  void coreOfABuiltInTypeStays() {
    String base =
        "{'name':'User','endpoint':'/Users','schema':'urn:ietf:params:scim:schemas:core:2.0:User'";
    String enterprise =
        ",'schemaExtensions':[{'schema':"
            + "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'}]";
    assertBad(() -> world.putType("User", World.json(base + "}")), "schemaExtensions: must keep");
    assertBad(
        () -> world.putType("User", World.json(base + enterprise + "}")),
        "x-searchable: must keep");
    assertBad(
        () ->
            world.putType("User", World.json(base.replace("/Users", "/People") + enterprise + "}")),
        "endpoint: must stay");
    assertStatus(404, () -> world.putSchema("urn:ietf:params:scim:schemas:core:2.0:User", SIZE));
    assertBad(
        () -> world.addSchema("urn:ietf:params:scim:schemas:core:2.0:USER", SIZE),
        "id: is that of a built-in schema");
    assertBad(
        () -> world.addSchema("urn:ietf:params:scim:schemas:core:2.0:Schema", SIZE),
        "id: is reserved");
  }

  @Test
  void staleWriterChangesNothing() {
    Shown made = world.addThing(SIZE, "");
    Condition stale = new Condition.Tags(List.of(Long.toString(made.version() + 1)));
    assertStatus(
        412,
        () ->
            world.definitions.replace(
                World.ACME,
                Kind.RESOURCE_TYPE,
                "Thing",
                stale,
                World.thing(",'description':'x'"),
                Origin.SYSTEM));
    assertStatus(
        412,
        () ->
            world.definitions.delete(
                World.ACME, Kind.RESOURCE_TYPE, "Thing", stale, Origin.SYSTEM));
    assertThat(world.type("Thing").description()).isEmpty();
  }

  @Test
  void lostRaceIsRepeatedAndManyAreToldSo() {
    world.store.lostRaces = 2;
    world.addThing(SIZE, "");
    world.store.lostRaces = 100;
    assertStatus(503, () -> world.addSchema("urn:x:Other", SIZE));
    assertThat(world.types.schema(World.ACME, "urn:x:Other")).isEmpty();
  }

  @Test
  void whatIsThereIsNotMadeAgainAndWhatIsNotIsNotReplaced() {
    world.addThing(SIZE, "");
    assertConflict(() -> world.addSchema("URN:X:thing", SIZE), "PUT replaces it");
    assertConflict(
        () ->
            world.definitions.create(
                World.ACME, Kind.RESOURCE_TYPE, World.json("{'name':'User'}"), Origin.SYSTEM),
        "PUT replaces it");
    assertStatus(404, () -> world.putSchema("urn:x:None", SIZE));
    assertStatus(
        404,
        () ->
            world.definitions.delete(
                World.ACME, Kind.RESOURCE_TYPE, "None", World.ALWAYS, Origin.SYSTEM));
    assertStatus(
        404,
        () ->
            world.definitions.delete(
                World.ACME, Kind.RESOURCE_TYPE, "User", World.ALWAYS, Origin.SYSTEM));
    assertBad(
        () ->
            world.definitions.replace(
                World.ACME,
                Kind.SCHEMA,
                "urn:x:Thing",
                World.ALWAYS,
                World.schema("urn:y:Z", SIZE),
                Origin.SYSTEM),
        "id: must be urn:x:Thing");
    assertBad(
        () ->
            world.definitions.replace(
                World.ACME,
                Kind.SCHEMA,
                "urn:x:thing",
                World.ALWAYS,
                World.schema("urn:x:THING", SIZE),
                Origin.SYSTEM),
        "must be spelled urn:x:Thing");
  }

  @Test
  void typesThatGetInEachOthersWayAreRefused() {
    world.addThing(SIZE, "");
    assertBad(() -> create("Thong", "/things", "urn:x:Thing", ""), "endpoint: is that of");
    assertBad(() -> create("thing", "/Others", "urn:x:Thing", ""), "in another case");
    assertBad(() -> create("user", "/Others", "urn:x:Thing", ""), "in another case");
    assertBad(() -> create("Other", "/Bulk", "urn:x:Thing", ""), "taken by SCIM");
    assertBad(() -> create("Other", "/a/b", "urn:x:Thing", ""), "endpoint: must be");
    assertBad(() -> create("Other", "/Others", "urn:x:None", ""), "schema: is not the URN");
    assertBad(
        () -> create("Other", "/Others", "urn:x:Thing", ",'x-searchable':['none']"),
        "x-searchable: must name");
    assertBad(
        () -> create("Other", "/Others", "urn:x:Thing", ",'x-link-types':{'size':['User']}"),
        "x-link-types: must name");
    assertBad(
        () -> create("Other", "/Others", "urn:ietf:params:scim:schemas:core:2.0:User", ""),
        "schema: is that of the built-in type User");
    world.addSchema("urn:x:Thing:size", SIZE);
    assertBad(
        () ->
            create(
                "Other",
                "/Others",
                "urn:x:Thing",
                ",'schemaExtensions':[{'schema':'urn:x:Thing:size'}]"),
        "both a schema and an attribute");
    assertThat(world.types.all(World.ACME)).hasSize(3);
  }

  private void create(String name, String endpoint, String schema, String more) {
    world.definitions.create(
        World.ACME,
        Kind.RESOURCE_TYPE,
        World.json(
            "{'name':'%s','endpoint':'%s','schema':'%s'%s}"
                .formatted(name, endpoint, schema, more)),
        Origin.SYSTEM);
  }

  @Test
  void schemaChangeThatATypeDoesNotFitIsRefused() {
    world.addThing(SIZE, ",'x-searchable':['size']");
    assertConflict(
        () -> world.putSchema("urn:x:Thing", "{'name':'other'}"),
        "Thing would not fit any more: x-searchable");
  }

  @Test
  void linksLeadToTypesThatThereAre() {
    String owner =
        "{'name':'owner','type':'complex','subAttributes':[{'name':'value'}],"
            + "'x-link':{'relation':'owner','types':['%s']}}";
    assertBad(
        () -> world.addThing(owner.formatted("Nothing"), ""),
        "the links owner of Thing lead to Nothing, which is no resource type");
    assertThat(world.types.byName(World.ACME, "Thing")).isEmpty();
    world.putSchema("urn:x:Thing", owner.formatted("Thing"));
    create("Thing", "/Things", "urn:x:Thing", "");
    assertBad(() -> world.putSchema("urn:x:Thing", owner.formatted("user")), "lead to user");
    assertBad(
        () -> world.putType("Thing", World.thing(",'x-link-types':{'owner':['Thing','Nobody']}")),
        "lead to Nobody");
    assertThat(world.type("Thing").schema().attributes().get(0).link().orElseThrow().types())
        .containsExactly("Thing");
  }

  @Test
  void typeThatOthersLinkToCanBeRemovedAndTheyCanBeChanged() {
    world.addThing(SIZE, "");
    world.addSchema(
        BADGE_URN,
        "{'name':'of','type':'complex','subAttributes':[{'name':'value'}],"
            + "'x-link':{'relation':'of','types':['Thing']}}");
    create("Badge", "/Badges", BADGE_URN, "");
    world.definitions.delete(World.ACME, Kind.RESOURCE_TYPE, "Thing", World.ALWAYS, Origin.SYSTEM);
    assertInvalid(() -> world.post("Badge", "'of':{'value':'nobody'}"));
    world.putType(
        "Badge",
        World.json(
            "{'name':'Badge','endpoint':'/Badges','schema':'"
                + BADGE_URN
                + "','description':'x'}"));
    assertThat(world.type("Badge").description()).isEqualTo("x");
  }

  private static void assertInvalid(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(400));
  }

  @Test
  void numberOfDefinitionsIsBounded() {
    for (int i = 0; i < 100; i++) {
      world.addSchema("urn:x:S" + i, SIZE);
    }
    assertConflict(() -> world.addSchema("urn:x:S100", SIZE), "at most 100 schemas");
  }

  static void assertBad(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessageContaining(message);
  }

  static void assertConflict(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(409))
        .hasMessageContaining(message);
  }

  static void assertStatus(int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(status));
  }

  @Test
  void changesAreTold() {
    world.addThing(SIZE, "");
    world.putType("Thing", World.thing(",'description':'x'"));
    world.putType("Thing", World.thing(",'description':'x'"));
    world.definitions.delete(
        World.ACME, Kind.RESOURCE_TYPE, "Thing", World.ALWAYS, Origin.of("somebody"));
    assertThat(world.store.told)
        .extracting(
            append -> append.stream().collection(),
            append -> append.stream().id(),
            append -> append.events().get(0).type().word(),
            append -> append.events().get(0).origin().actor())
        .containsExactly(
            tuple("$schemas", "urn:x:Thing", "schema-registered", "system"),
            tuple("$resource-types", "Thing", "schema-registered", "system"),
            tuple("$resource-types", "Thing", "schema-changed", "system"),
            tuple("$resource-types", "Thing", "schema-changed", "somebody"));
    assertThat(world.store.told)
        .extracting(append -> append.events().get(0).content().orElseThrow().text())
        .element(3)
        .isEqualTo("{\"removed\":true}");
    assertThat(world.store.told.get(2).events().get(0).content().orElseThrow().text())
        .contains("\"description\":\"x\"");
  }
}
