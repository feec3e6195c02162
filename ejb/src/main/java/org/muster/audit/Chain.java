package org.muster.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The chain of an export: the root of each part is the SHA-256 of the root before it and of all
 * bytes of the part. For one thread.
 */
final class Chain {
  /** What the first export of a tenant begins with. */
  static final String NONE = "0".repeat(64);

  private static final Pattern ROOT = Pattern.compile("[0-9a-f]{64}");

  private final MessageDigest digest;
  private String root;

  /** A chain that goes on from a root. */
  Chain(String root) {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
    this.root = root;
    digest.update(HexFormat.of().parseHex(root));
  }

  static boolean isRoot(String text) {
    return ROOT.matcher(text).matches();
  }

  /** Adds bytes to the part. */
  void add(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  /** Ends the part and begins the next. */
  String close() {
    root = HexFormat.of().formatHex(digest.digest());
    digest.update(HexFormat.of().parseHex(root));
    return root;
  }

  /** The root of the last part that was ended. */
  String root() {
    return root;
  }
}
