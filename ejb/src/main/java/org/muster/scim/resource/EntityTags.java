package org.muster.scim.resource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.muster.kernel.Version;
import org.muster.storage.Linked;

/**
 * The opaque part of weak entity tags: the version of the stored document, and behind a dash a hash
 * of what the representation takes from other documents. A write is conditional on the version
 * alone.
 */
final class EntityTags {
  private EntityTags() {}

  /** The tag of a document that is shown with these links. */
  static String of(Version version, List<Linked> derived) {
    if (derived.isEmpty()) {
      return version.toString();
    }
    return version + "-" + Long.toUnsignedString(hash(derived), Character.MAX_RADIX);
  }

  /** Whether one of the tags is of that version. */
  static boolean match(Condition.Tags tags, Version version) {
    String wanted = version.toString();
    return tags.opaque().stream().map(EntityTags::version).anyMatch(wanted::equals);
  }

  private static String version(String opaque) {
    int dash = opaque.indexOf('-');
    return dash < 0 ? opaque : opaque.substring(0, dash);
  }

  private static long hash(List<Linked> derived) {
    MessageDigest digest = sha256();
    for (Linked link : derived) {
      update(digest, link.relation());
      update(digest, link.other().collection());
      update(digest, link.other().id());
      update(digest, link.label());
      digest.update((byte) (link.direct() ? 1 : 0));
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0); // which no stored text holds
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
