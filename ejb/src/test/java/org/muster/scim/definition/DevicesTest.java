package org.muster.scim.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Origin;
import org.muster.storage.JsonDocument;

/** The device schemas of RFC 9944, and its examples. */
class DevicesTest {
  private static final String EXTENSION = "urn:ietf:params:scim:schemas:extension:";

  private final World world = new World();

  @Test
  void setIsLoadedOnceAndKeepsWhatIsThere() {
    assertThat(world.definitions.load(World.ACME, "devices", Origin.SYSTEM))
        .hasSize(11)
        .contains("Device");
    long version = world.store.of(World.ACME).version();
    assertThat(world.definitions.load(World.ACME, "devices", Origin.SYSTEM)).isEmpty();
    assertThat(world.store.of(World.ACME).version()).isEqualTo(version);
    DefinitionsTest.assertBad(
        () -> world.definitions.load(World.ACME, "toys", Origin.SYSTEM), "set: must be");
  }

  @Test
  void examplesOfTheRfcAreKeptAsTheyAre() throws IOException {
    world.definitions.load(World.ACME, "devices", Origin.SYSTEM);
    JsonNode examples = examples();
    assertThat(examples).hasSize(8);
    for (JsonNode example : examples) {
      String id = world.post("Device", example.deepCopy());
      ObjectNode kept = world.get("Device", id);
      kept.remove("meta");
      kept.remove("id");
      ObjectNode expected = example.deepCopy();
      // never returned; and null is no value (RFC 7643 section 2.5)
      expected
          .path(EXTENSION + "dpp:2.0:Device")
          .findParents("bootstrapKey")
          .forEach(each -> ((ObjectNode) each).remove("bootstrapKey"));
      if (expected.has(EXTENSION + "fido-device-onboard:2.0:Device")) {
        expected.putObject(EXTENSION + "fido-device-onboard:2.0:Device");
        kept.putIfAbsent(
            EXTENSION + "fido-device-onboard:2.0:Device", JsonDocument.MAPPER.createObjectNode());
      }
      assertThat(sorted(kept)).isEqualTo(sorted(expected));
    }
  }

  /** Without nulls, and without the order of members. */
  private static JsonNode sorted(JsonNode json) throws IOException {
    ObjectNode copy = json.deepCopy();
    strip(copy);
    return JsonDocument.MAPPER.readTree(copy.toString());
  }

  private static void strip(ObjectNode json) {
    json.properties().removeIf(each -> each.getValue().isNull());
    for (var each : json.properties()) {
      if (each.getValue() instanceof ObjectNode inner) {
        strip(inner);
      }
    }
    json.properties()
        .removeIf(
            each ->
                each.getKey().contains("pairing")
                    && each.getValue().isObject()
                    && each.getValue().isEmpty());
  }

  @Test
  void applicationsAreLinksAndGroupsMayHaveDevices() {
    world.definitions.load(World.ACME, "devices", Origin.SYSTEM);
    String app =
        world.post(
            "EndpointApp",
            "'applicationType':'deviceControl','applicationName':'Control',"
                + "'certificateInfo':{'rootCA':'MIIB','subjectName':'www.example.com'}");
    String extension = EXTENSION + "endpointAppsExt:2.0:Device";
    String device =
        world.post(
            "Device",
            "'active':true,'displayName':'Monitor','"
                + extension
                + "':{'applications':[{'value':'"
                + app
                + "'}]}");
    ObjectNode shown = world.get("Device", device);
    assertThat(shown.path("schemas").toString()).contains(extension);
    assertThat(shown.path(extension).at("/applications/0/$ref").asText())
        .isEqualTo("https://example.com/scim/v2/EndpointApps/" + app);
    assertThat(world.find("Device", extension + ":applications.value eq \"" + app + "\""))
        .containsExactly(device);

    String group =
        world.post(
            "Group", "'displayName':'Lab','members':[{'value':'" + device + "','type':'Device'}]");
    assertThat(world.get("Group", group).at("/members/0/type").asText()).isEqualTo("Device");
    assertThat(world.get("Device", device).at("/groups/0/value").asText()).isEqualTo(group);
    world.delete("EndpointApp", app);
    assertThat(world.get("Device", device).has(extension)).isFalse();
  }

  @Test
  void keyOfAPairingMethodIsChangedByItsPath() {
    world.definitions.load(World.ACME, "devices", Origin.SYSTEM);
    String ble = EXTENSION + "ble:2.0:Device";
    String key = ble + ":" + EXTENSION + "pairingPassKey:2.0:Device.key";
    String device =
        world.post(
            "Device",
            "'active':true,'"
                + ble
                + "':{'versionSupport':['5.3'],'deviceMacAddress':'2C:54:91:88:C9:E2',"
                + "'pairingMethods':['"
                + EXTENSION
                + "pairingPassKey:2.0:Device']}");
    world.patch("Device", device, "{'op':'add','path':'" + key + "','value':123456}");
    assertThat(world.find("Device", key + " eq 123456")).containsExactly(device);
    assertThat(world.find("Device", ble + ":deviceMacAddress eq \"2c:54:91:88:c9:e2\""))
        .containsExactly(device);
  }

  private static JsonNode examples() throws IOException {
    try (InputStream in = DevicesTest.class.getResourceAsStream("/scim/rfc9944-devices.json")) {
      return JsonDocument.MAPPER.readTree(Objects.requireNonNull(in));
    }
  }
}
