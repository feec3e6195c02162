package org.muster.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.muster.storage.StorageException;

/** Nodes as the bytes that are stored; the first says the format. */
final class NodeCodec {
  private static final byte LEAF = 1;
  private static final byte BRANCH = 2;
  private static final byte DOCUMENT = 0;
  private static final byte LINK = 1;
  private static final int NUMBERS = 2 * Long.BYTES;
  private static final int DIGEST = 4 * Long.BYTES;

  private NodeCodec() {}

  static byte[] encode(Node node) {
    return node instanceof Node.Leaf leaf ? encode(leaf) : encode((Node.Branch) node);
  }

  /**
   * The node of stored bytes.
   *
   * @throws StorageException.Corrupt if they are none
   */
  static Node decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      Node node =
          switch (buffer.get()) {
            case LEAF -> leaf(buffer);
            case BRANCH -> branch(buffer);
            default -> throw new StorageException.Corrupt("A node is of no known format");
          };
      if (buffer.hasRemaining()) {
        throw new StorageException.Corrupt("A node is longer than it says");
      }
      return node;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new StorageException.Corrupt("A node is not whole", e);
    }
  }

  private static byte[] encode(Node.Leaf leaf) {
    List<byte[][]> names = new ArrayList<>(leaf.entries().size());
    int length = 2;
    for (Entry entry : leaf.entries()) {
      byte[][] name = texts(entry.name());
      names.add(name);
      length += 1 + (entry.hash().link() ? 0 : DIGEST);
      for (byte[] text : name) {
        length += Short.BYTES + text.length;
      }
    }
    ByteBuffer buffer = ByteBuffer.allocate(length).put(LEAF).put((byte) leaf.entries().size());
    for (int i = 0; i < names.size(); i++) {
      EntryHash hash = leaf.entries().get(i).hash();
      buffer.put(hash.link() ? LINK : DOCUMENT);
      for (byte[] text : names.get(i)) {
        buffer.putShort((short) text.length).put(text);
      }
      if (!hash.link()) {
        hash.value().putInto(buffer);
      }
    }
    return buffer.array();
  }

  private static byte[][] texts(EntryName name) {
    if (name instanceof EntryName.Link link) {
      return new byte[][] {
        utf8(link.collection()),
        utf8(link.id()),
        utf8(link.relation()),
        utf8(link.toCollection()),
        utf8(link.toId())
      };
    }
    EntryName.Document document = (EntryName.Document) name;
    return new byte[][] {utf8(document.collection()), utf8(document.id())};
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Node leaf(ByteBuffer buffer) {
    int size = buffer.get();
    List<Entry> entries = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      entries.add(entry(buffer));
    }
    return new Node.Leaf(List.copyOf(entries));
  }

  private static Entry entry(ByteBuffer buffer) {
    return switch (buffer.get()) {
      case DOCUMENT ->
          Entry.of(new EntryName.Document(text(buffer), text(buffer)), Digest.from(buffer));
      case LINK ->
          Entry.of(
              new EntryName.Link(
                  text(buffer), text(buffer), text(buffer), text(buffer), text(buffer)),
              Digest.NONE);
      default -> throw new StorageException.Corrupt("An entry is of no known kind");
    };
  }

  private static String text(ByteBuffer buffer) {
    byte[] bytes = new byte[Short.toUnsignedInt(buffer.getShort())];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A part without entries is one bit of a mask. */
  private static byte[] encode(Node.Branch branch) {
    int mask = 0;
    for (int i = 0; i < Node.FAN; i++) {
      mask |= branch.parts().get(i) == null ? 0 : 1 << i;
    }
    ByteBuffer buffer =
        ByteBuffer.allocate(1 + Short.BYTES + Integer.bitCount(mask) * (NUMBERS + DIGEST))
            .put(BRANCH)
            .putShort((short) mask);
    for (@Nullable StateRoot part : branch.parts()) {
      if (part != null) {
        part.digest().putInto(buffer);
        buffer.putLong(part.documents()).putLong(part.links());
      }
    }
    return buffer.array();
  }

  private static Node branch(ByteBuffer buffer) {
    int mask = Short.toUnsignedInt(buffer.getShort());
    @Nullable StateRoot[] parts = new @Nullable StateRoot[Node.FAN];
    for (int i = 0; i < Node.FAN; i++) {
      if ((mask >> i & 1) == 1) {
        parts[i] = new StateRoot(Digest.from(buffer), buffer.getLong(), buffer.getLong());
      }
    }
    return Node.Branch.of(parts);
  }
}
