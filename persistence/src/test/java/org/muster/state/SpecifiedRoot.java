package org.muster.state;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The root of some entries as docs/adr/0014 defines it, word for word and without a tree. */
final class SpecifiedRoot {
  private static final HexFormat HEX = HexFormat.of();

  private SpecifiedRoot() {}

  /** The root in hexadecimal digits. */
  static String of(Map<EntryName, Digest> entries) {
    SortedMap<String, Map.Entry<EntryName, Digest>> byKey = new TreeMap<>();
    entries.entrySet().forEach(entry -> byKey.put(key(entry.getKey()), entry));
    return at("", byKey);
  }

  static String key(EntryName name) {
    if (name instanceof EntryName.Link link) {
      return text(
          1,
          List.of(link.collection(), link.id(), link.relation(), link.toCollection(), link.toId()));
    }
    EntryName.Document document = (EntryName.Document) name;
    return text(0, List.of(document.collection(), document.id()));
  }

  private static String text(int kind, List<String> texts) {
    return sha(
        kind,
        out -> {
          for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeLong(bytes.length);
            out.write(bytes);
          }
        });
  }

  private static String at(String place, SortedMap<String, Map.Entry<EntryName, Digest>> entries) {
    if (entries.size() <= 32) {
      return sha(
          2,
          out -> {
            out.writeLong(entries.size());
            for (var entry : entries.entrySet()) {
              out.write(HEX.parseHex(entry.getKey()));
              out.write(HEX.parseHex(entry.getValue().getValue().toString()));
            }
          });
    }
    return sha(
        3,
        out -> {
          for (char digit : "0123456789abcdef".toCharArray()) {
            String below = place + digit;
            var part = entries.subMap(below, below + 'g');
            long links =
                part.values().stream()
                    .filter(entry -> entry.getKey() instanceof EntryName.Link)
                    .count();
            out.writeLong(part.size() - links);
            out.writeLong(links);
            out.write(part.isEmpty() ? new byte[32] : HEX.parseHex(at(below, part)));
          }
        });
  }

  @FunctionalInterface
  private interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private static String sha(int kind, Content content) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(kind);
      content.writeTo(new DataOutputStream(bytes));
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
