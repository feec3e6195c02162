package org.muster.storage.cached;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.muster.cache.Codec;
import org.muster.kernel.TenantId;
import org.muster.kernel.Utf8;
import org.muster.kernel.Version;
import org.muster.storage.JsonDocument;
import org.muster.storage.LinkSelector;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.Linked;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/** The bytes of entries: a form, a kind, and what that kind has; text in UTF-8 with its length. */
public final class EntryCodec implements Codec<CachedEntry> {
  private static final int FORM = 1;
  private static final int TOO_WIDE = 0;
  private static final int STAMP = 1;
  private static final int DOCUMENT = 2;

  @Override
  public byte[] encode(CachedEntry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      if (entry instanceof CachedDocument document) {
        out.writeByte(DOCUMENT);
        write(out, document);
      } else if (entry instanceof Stamp stamp) {
        out.writeByte(STAMP);
        out.writeLong(stamp.id());
      } else {
        out.writeByte(TOO_WIDE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Bytes can always be written", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, CachedDocument document) throws IOException {
    Stored stored = document.stored();
    out.writeInt(document.epoch());
    out.writeBoolean(document.isComplete());
    write(out, stored.key().tenant().value());
    write(out, stored.key());
    out.writeLong(stored.version().value());
    out.writeLong(stored.created().toEpochMilli());
    out.writeLong(stored.modified().toEpochMilli());
    write(out, stored.label());
    write(out, stored.document().text());
    out.writeInt(document.selectors().size());
    for (LinkSelector selector : document.selectors()) {
      write(out, selector.relation());
      out.writeBoolean(selector.direction() == Direction.OUT);
      out.writeBoolean(selector.transitive());
    }
    out.writeInt(stored.links().size());
    for (Linked link : stored.links()) {
      write(out, link.relation());
      out.writeBoolean(link.direction() == Direction.OUT);
      write(out, link.other());
      write(out, link.label());
      out.writeBoolean(link.direct());
    }
    // in the order in which they are first shown; none of one that is not to be served again
    out.writeInt(document.isSettled() ? document.shown().size() : -1);
    for (CachedDocument.Shown shown : document.shown()) {
      out.writeLong(shown.id());
    }
  }

  private static void write(DataOutputStream out, StorageKey key) throws IOException {
    write(out, key.collection());
    write(out, key.id());
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public CachedEntry decode(ByteBuffer in) {
    try {
      if (in.get() != FORM) {
        throw new IllegalArgumentException("Not a form of an entry");
      }
      CachedEntry entry =
          switch (in.get()) {
            case TOO_WIDE -> new TooWide();
            case STAMP -> new Stamp(in.getLong());
            case DOCUMENT -> document(in);
            default -> throw new IllegalArgumentException("Not a kind of entry");
          };
      if (in.hasRemaining()) {
        throw new IllegalArgumentException("Something follows an entry");
      }
      return entry;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("Not the bytes of an entry", e);
    }
  }

  private static CachedDocument document(ByteBuffer in) {
    int epoch = in.getInt();
    boolean complete = bool(in);
    TenantId tenant = TenantId.stored(text(in));
    StorageKey key = key(in, tenant);
    Version version = new Version(in.getLong());
    Instant created = Instant.ofEpochMilli(in.getLong());
    Instant modified = Instant.ofEpochMilli(in.getLong());
    String label = text(in);
    JsonDocument document = JsonDocument.ofKeptText(text(in));
    List<LinkSelector> selectors = new ArrayList<>();
    for (int i = count(in); i > 0; i--) {
      selectors.add(new LinkSelector(text(in), direction(in), bool(in)));
    }
    List<Linked> links = new ArrayList<>();
    for (int i = count(in); i > 0; i--) {
      links.add(new Linked(key, text(in), direction(in), key(in, tenant), text(in), bool(in)));
    }
    Stored stored = new Stored(key, version, created, modified, label, document, links);
    if (complete && (!selectors.isEmpty() || !links.isEmpty())) {
      throw new IllegalArgumentException("What has no links has some");
    }
    List<CachedDocument.Shown> shown = shown(in, stored);
    return complete
        ? CachedDocument.unlinked(stored, epoch)
        : new CachedDocument(stored, selectors, shown, epoch);
  }

  private static List<CachedDocument.Shown> shown(ByteBuffer in, Stored stored) {
    int count = in.getInt();
    if (count == -1) {
      in.getLong();
      return CachedDocument.UNSETTLED;
    }
    List<StorageKey> keys = List.copyOf(Stamps.shownIn(stored));
    if (count != keys.size()) {
      throw new IllegalArgumentException("Not a stamp for each that is shown");
    }
    List<CachedDocument.Shown> shown = new ArrayList<>();
    for (StorageKey key : keys) {
      shown.add(new CachedDocument.Shown(Places.stamp(key), in.getLong()));
    }
    return shown;
  }

  private static StorageKey key(ByteBuffer in, TenantId tenant) {
    return new StorageKey(tenant, text(in), text(in));
  }

  private static Direction direction(ByteBuffer in) {
    return bool(in) ? Direction.OUT : Direction.IN;
  }

  /** No more than what can follow: each counted thing has a byte at least. */
  private static int count(ByteBuffer in) {
    int count = in.getInt();
    if (count < 0 || count > in.remaining()) {
      throw new IllegalArgumentException("Not a count");
    }
    return count;
  }

  private static boolean bool(ByteBuffer in) {
    return in.get() != 0;
  }

  private static String text(ByteBuffer in) {
    int end = in.limit();
    int count = count(in);
    in.limit(in.position() + count);
    String text = Utf8.text(in);
    in.limit(end);
    return text;
  }
}
