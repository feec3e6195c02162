package org.muster.scim.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.muster.storage.JsonDocument;

/** The profiles that come with Muster: {@link Profile#STANDARD} and those of a file. */
public final class ShippedProfiles {
  private static final String FILE = "/scim/profiles.json";
  private static final Profiles ALL = Profiles.of(read());

  private ShippedProfiles() {}

  /** All of them, read once. */
  public static Profiles all() {
    return ALL;
  }

  private static List<Profile> read() {
    List<Profile> profiles = new ArrayList<>();
    profiles.add(Profile.STANDARD);
    try (InputStream in = ShippedProfiles.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing in the build");
      }
      JsonDocument.MAPPER.readTree(in).forEach(json -> profiles.add(profile(json)));
    } catch (IOException e) {
      throw new IllegalStateException(FILE + " can't be read", e);
    }
    return profiles;
  }

  private static Profile profile(JsonNode json) {
    Set<Switch> switches = EnumSet.noneOf(Switch.class);
    for (JsonNode word : json.path("switches")) {
      switches.add(
          Switch.of(word.asText())
              .orElseThrow(
                  () -> new IllegalStateException(FILE + " names no switch: " + word.asText())));
    }
    return new Profile(json.path("name").asText(), json.path("description").asText(), switches);
  }
}
