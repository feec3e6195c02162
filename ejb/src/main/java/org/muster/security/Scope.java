package org.muster.security;

import java.util.Arrays;
import java.util.Optional;

/** What a credential allows. */
public enum Scope {
  SCIM_READ("scim.read"),
  SCIM_WRITE("scim.write"),
  EVENTS_READ("events.read"),
  STORAGE_READ("storage.read"),
  STORAGE_WRITE("storage.write"),
  CACHES_READ("caches.read"),
  CACHES_WRITE("caches.write"),
  TENANT_ADMIN("tenant.admin"),
  PLATFORM_ADMIN("platform.admin");

  private final String word;

  Scope(String word) {
    this.word = word;
  }

  /** The scope as it is written in a token request. */
  public String word() {
    return word;
  }

  /** The scope that is written so. */
  public static Optional<Scope> of(String word) {
    return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
  }
}
