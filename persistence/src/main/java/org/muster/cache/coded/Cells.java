package org.muster.cache.coded;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheEntry;
import org.muster.cache.Codec;
import org.muster.cache.Lifetime;
import org.muster.cache.Slot;

/**
 * Entries and marks as bytes, and back. A cell of another generation than the space has is not
 * there. Thread-safe.
 */
public final class Cells<V> {
  private final Codec<V> codec;
  private final long origin;
  private final boolean marksOutliveClears;

  /**
   * Makes cells of values.
   *
   * @param origin which node writes them
   * @param marksOutliveClears whether a mark of another generation still is one: it may be younger
   *     than the clear where writing it and reading the generation are not one step
   */
  public Cells(Codec<V> codec, long origin, boolean marksOutliveClears) {
    this.codec = codec;
    this.origin = origin;
    this.marksOutliveClears = marksOutliveClears;
  }

  /** The cell of an entry. */
  public byte[] entry(CacheEntry<V> entry, long generation) {
    byte[] value = entry.value().isPresent() ? codec.encode(entry.value().get()) : new byte[0];
    byte[] cell = new byte[CellHeader.BYTES + value.length];
    byte kind = entry.value().isPresent() ? CellHeader.ENTRY : CellHeader.ABSENT;
    CellHeader.write(cell, kind, generation, entry.version(), origin);
    CellHeader.lifetime(cell, entry.lifetime().expiresMillis(), entry.lifetime().idleMillis());
    System.arraycopy(value, 0, cell, CellHeader.BYTES, value.length);
    return CellHeader.seal(cell);
  }

  /** The cell that voiding leaves. */
  public byte[] voided(long mark, long generation) {
    byte[] cell = new byte[CellHeader.BYTES];
    CellHeader.write(cell, CellHeader.VOID, generation, mark, origin);
    CellHeader.lifetime(cell, Lifetime.NEVER, 0);
    return CellHeader.seal(cell);
  }

  /**
   * What is seen in a cell; nothing if it is null.
   *
   * @throws CorruptCellException if it is none
   */
  public Slot<V> slot(byte @Nullable [] cell, SpaceView view, long nowMillis)
      throws CorruptCellException {
    if (cell == null) {
      return vacant(view);
    }
    if (!CellHeader.isWhole(cell)) {
      throw new CorruptCellException("Not a cell, or its checksum is wrong");
    }
    if (!isServed(cell, view, nowMillis)) {
      long mark = mark(cell, view, nowMillis);
      return mark == view.vacancy() ? vacant(view) : Slot.voided(mark);
    }
    Optional<V> value =
        CellHeader.kind(cell) == CellHeader.ENTRY ? Optional.of(value(cell)) : Optional.empty();
    Lifetime lifetime = new Lifetime(CellHeader.expiresMillis(cell), CellHeader.idleMillis(cell));
    return Slot.of(new CacheEntry<>(value, CellHeader.mark(cell), lifetime));
  }

  private V value(byte[] cell) throws CorruptCellException {
    try {
      return codec.decode(ByteBuffer.wrap(cell, CellHeader.BYTES, cell.length - CellHeader.BYTES));
    } catch (IllegalArgumentException e) {
      throw new CorruptCellException("No value", e);
    }
  }

  /** Whether an entry is served from a cell, its value not looked at; not if it is null. */
  public boolean isServed(byte @Nullable [] cell, SpaceView view, long nowMillis) {
    return cell != null
        && cell.length >= CellHeader.BYTES
        && isOfEntry(cell)
        && CellHeader.generation(cell) == view.generation()
        && nowMillis < CellHeader.expiresMillis(cell);
  }

  /** The mark of the slot that a cell makes, its value not looked at. */
  public long mark(byte @Nullable [] cell, SpaceView view, long nowMillis) {
    if (cell == null || cell.length < CellHeader.BYTES) {
      return view.vacancy();
    }
    if (isServed(cell, view, nowMillis)) {
      return CellHeader.mark(cell);
    }
    if (CellHeader.kind(cell) != CellHeader.VOID) {
      return view.vacancy();
    }
    if (CellHeader.generation(cell) == view.generation()) {
      return CellHeader.mark(cell);
    }
    return marksOutliveClears
        ? Marks.mixed(CellHeader.mark(cell), view.generation())
        : view.vacancy();
  }

  /** Whether a cell holds an entry, served or not. */
  public static boolean isOfEntry(byte[] cell) {
    return cell.length >= CellHeader.BYTES
        && (CellHeader.kind(cell) == CellHeader.ENTRY
            || CellHeader.kind(cell) == CellHeader.ABSENT);
  }

  /** The slot where nothing is. */
  public static <V> Slot<V> vacant(SpaceView view) {
    return view.vacancy() == 0 ? Slot.vacant() : Slot.voided(view.vacancy());
  }
}
