package org.muster.scim.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.muster.storage.JsonDocument;

/** The profiles that come with Muster, read once from {@code /scim/profiles.json}. */
public final class Profiles {
  private static final String FILE = "/scim/profiles.json";
  private static final List<Profile> ALL = read();

  private Profiles() {}

  /** All of them; the first is {@link Profile#STANDARD}. */
  public static List<Profile> all() {
    return ALL;
  }

  /** The profile with that name. */
  public static Optional<Profile> named(String name) {
    return ALL.stream().filter(profile -> profile.name().equals(name)).findFirst();
  }

  private static List<Profile> read() {
    List<Profile> profiles = new ArrayList<>();
    profiles.add(Profile.STANDARD);
    try (InputStream in = Profiles.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing in the build");
      }
      JsonDocument.MAPPER.readTree(in).forEach(json -> profiles.add(profile(json)));
    } catch (IOException e) {
      throw new IllegalStateException(FILE + " can't be read", e);
    }
    return List.copyOf(profiles);
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
