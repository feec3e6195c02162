package org.muster.scim.policy;

import java.util.List;
import java.util.Optional;

/** The profiles that a tenant can have. */
public interface Profiles {
  /** The profile of that name. */
  Optional<Profile> named(String name);

  /** All profiles, the standard one first. */
  List<Profile> all();

  /** Profiles of a fixed list. */
  static Profiles of(List<Profile> profiles) {
    return new Profiles() {
      @Override
      public Optional<Profile> named(String name) {
        return profiles.stream().filter(profile -> profile.name().equals(name)).findFirst();
      }

      @Override
      public List<Profile> all() {
        return List.copyOf(profiles);
      }
    };
  }
}
