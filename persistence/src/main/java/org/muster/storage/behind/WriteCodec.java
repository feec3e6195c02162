package org.muster.storage.behind;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/** Writes as bytes, and again. */
final class WriteCodec {
  private static final int FORMAT = 1;
  private static final int UNBASED = 0;
  private static final int WHOLE = 1;
  private static final int PARTIAL = 2;

  private WriteCodec() {}

  static byte[] encode(PendingWrite write) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      StorageKey key = write.key();
      text(out, key.tenant().value());
      text(out, key.collection());
      text(out, key.id());
      out.writeLong(write.base().map(Version::value).orElse(0L));
      out.writeLong(write.stored().version().value());
      out.writeLong(write.stored().created().toEpochMilli());
      out.writeLong(write.stored().modified().toEpochMilli());
      out.writeByte(
          write.put().basis().map(basis -> basis.partial() ? PARTIAL : WHOLE).orElse(UNBASED));
      text(out, write.put().label());
      keys(out, write.put().keys());
      origin(out, write.origin());
      text(out, write.put().document().text());
    } catch (IOException e) {
      throw new UncheckedIOException("Bytes can always be written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * What was written so. Whether it changes what others show is not known any more, nor what it was
   * made of.
   *
   * @throws IOException if that can't be read
   */
  static PendingWrite decode(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != FORMAT) {
        throw new IOException("Another format");
      }
      StorageKey key = new StorageKey(new TenantId(text(in)), text(in), text(in));
      long base = in.readLong();
      Version version = new Version(in.readLong());
      Instant created = Instant.ofEpochMilli(in.readLong());
      Instant modified = Instant.ofEpochMilli(in.readLong());
      int basis = in.readByte();
      String label = text(in);
      SortedMap<String, List<String>> keys = keys(in);
      Origin origin = origin(in);
      JsonDocument document = JsonDocument.ofKeptText(text(in));
      // of its own version, so that nobody takes it for what the document was made of
      Optional<Change.Basis> made =
          basis == UNBASED
              ? Optional.empty()
              : Optional.of(new Change.Basis(version, document, basis == PARTIAL));
      Change.Put put = new Change.Put(key, document, keys, label, made);
      return new PendingWrite(
          put,
          base == 0 ? Optional.empty() : Optional.of(new Version(base)),
          new Stored(key, version, created, modified, put.label(), document, List.of()),
          origin,
          true);
    } catch (IllegalArgumentException | NegativeArraySizeException e) {
      throw new IOException("Not a write", e);
    }
  }

  private static void keys(DataOutputStream out, SortedMap<String, List<String>> keys)
      throws IOException {
    out.writeInt(keys.size());
    for (Map.Entry<String, List<String>> each : keys.entrySet()) {
      text(out, each.getKey());
      out.writeInt(each.getValue().size());
      for (String value : each.getValue()) {
        text(out, value);
      }
    }
  }

  private static SortedMap<String, List<String>> keys(DataInputStream in) throws IOException {
    SortedMap<String, List<String>> keys = new TreeMap<>();
    for (int left = count(in); left > 0; left--) {
      String name = text(in);
      List<String> values = new ArrayList<>();
      for (int more = count(in); more > 0; more--) {
        values.add(text(in));
      }
      keys.put(name, values);
    }
    return keys;
  }

  private static void origin(DataOutputStream out, Origin origin) throws IOException {
    text(out, origin.actor());
    optional(out, origin.client());
    optional(out, origin.userAgent());
    optional(out, origin.requestId());
    optional(out, origin.address());
  }

  private static Origin origin(DataInputStream in) throws IOException {
    return new Origin(text(in), optional(in), optional(in), optional(in), optional(in));
  }

  private static void optional(DataOutputStream out, Optional<String> text) throws IOException {
    out.writeBoolean(text.isPresent());
    if (text.isPresent()) {
      text(out, text.get());
    }
  }

  private static Optional<String> optional(DataInputStream in) throws IOException {
    return in.readBoolean() ? Optional.of(text(in)) : Optional.empty();
  }

  static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String text(DataInputStream in) throws IOException {
    byte[] bytes = new byte[count(in)];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available()) {
      throw new IOException("Not a count");
    }
    return count;
  }
}
