package org.muster.scim.explain;

import jakarta.security.enterprise.identitystore.PasswordHash;

/** Stands for the hash of secrets that nobody is to see, not even hashed. */
final class Masked implements PasswordHash {
  static final String MASK = "***";

  @Override
  public String generate(char[] password) {
    return MASK;
  }

  @Override
  public boolean verify(char[] password, String hashed) {
    return false;
  }
}
