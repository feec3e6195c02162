package org.muster.scim.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.muster.access.Definition.Kind;
import org.muster.storage.Indexed;

/** How stored resources are prepared for what has become searchable. */
class PreparingTest {
  private static final String SIZE = "{'name':'size','type':'integer'}";
  private static final String FILTER = "size eq 5";

  private final World world = new World();

  private String state() {
    return world
        .definitions
        .find(World.ACME, Kind.RESOURCE_TYPE, "Thing")
        .orElseThrow()
        .json()
        .at("/x-indexes/0/state")
        .asText();
  }

  @Test
  void resourcesAreFoundBeforeAndAfterAndKeepTheirVersions() {
    world.addThing(SIZE, "");
    for (int i = 0; i < 450; i++) {
      world.post("Thing", "'size':" + i % 90);
    }
    String etag =
        world.get("Thing", world.find("Thing", FILTER).get(0)).at("/meta/version").asText();
    world.putType("Thing", World.thing(",'x-searchable':['size']"));
    assertThat(state()).isEqualTo("building");
    assertThat(world.find("Thing", FILTER)).hasSize(5);
    assertThat(world.type("Thing").pending()).containsExactly("size");

    world.preparing.run();
    assertThat(state()).isEqualTo("ready");
    assertThat(world.type("Thing").pending()).isEmpty();
    assertThat(world.built).containsExactly("Thing size");
    assertThat(world.find("Thing", FILTER)).hasSize(5);
    assertThat(world.get("Thing", world.find("Thing", FILTER).get(0)).at("/meta/version").asText())
        .isEqualTo(etag);
    assertThat(world.list("Thing", "", "size")).hasSize(100);

    world.preparing.run();
    assertThat(world.built).hasSize(1);
  }

  @Test
  void definitionKeepsItsVersionWhenItIsReady() {
    Shown made = world.addThing(SIZE, ",'x-searchable':['size']");
    world.preparing.run();
    assertThat(world.definitions.find(World.ACME, Kind.RESOURCE_TYPE, "Thing"))
        .get()
        .extracting(Shown::version)
        .isEqualTo(made.version());
  }

  @Test
  void indexThatHasToWaitIsTriedAgain() {
    world.addThing(SIZE, ",'x-searchable':['size']");
    world.indexed = Indexed.LATER;
    world.preparing.run();
    assertThat(state()).isEqualTo("building");
    world.indexed = Indexed.READY;
    world.preparing.run();
    assertThat(state()).isEqualTo("ready");
  }

  @Test
  void withoutAnIndexTheKeysAreSearchedStill() {
    world.addThing(SIZE, ",'x-searchable':['size']");
    world.post("Thing", "'size':5");
    world.indexed = Indexed.REFUSED;
    world.preparing.run();
    assertThat(state()).isEqualTo("scanned");
    assertThat(world.find("Thing", FILTER)).hasSize(1);
  }

  @Test
  void whatIsWrittenMeanwhileIsFoundToo() {
    world.addThing(SIZE, "");
    world.post("Thing", "'size':5");
    world.putType("Thing", World.thing(",'x-searchable':['size']"));
    String id = world.post("Thing", "'size':5");
    world.put("Thing", id, "'size':6");
    world.preparing.run();
    assertThat(world.find("Thing", FILTER)).hasSize(1);
    assertThat(world.find("Thing", "size eq 6")).containsExactly(id);
  }
}
