package org.muster.cache.coded;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.zip.CRC32C;

/**
 * What a cell begins with, in bytes: format (1), CRC32C of all that follows (4), kind (1),
 * generation (8), mark (8), moment of expiry (8), idle time (8), origin (8). Scripts that run in a
 * server read it too: {@link #PROBE_BYTES}.
 */
public final class CellHeader {
  /** Of the whole header. */
  public static final int BYTES = 46;

  /** Up to the mark and with it: what a condition is judged by. */
  public static final int PROBE_BYTES = 22;

  static final byte FORMAT = 1;
  static final byte ENTRY = 'E';
  static final byte ABSENT = 'A';
  static final byte VOID = 'V';

  private static final int CRC_AT = 1;
  private static final int KIND_AT = 5;
  private static final int GENERATION_AT = 6;
  private static final int MARK_AT = 14;
  private static final int EXPIRES_AT = 22;
  private static final int IDLE_AT = 30;
  private static final int ORIGIN_AT = 38;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, BIG_ENDIAN);

  private CellHeader() {}

  static void write(byte[] cell, byte kind, long generation, long mark, long origin) {
    cell[0] = FORMAT;
    cell[KIND_AT] = kind;
    LONG.set(cell, GENERATION_AT, generation);
    LONG.set(cell, MARK_AT, mark);
    LONG.set(cell, ORIGIN_AT, origin);
  }

  static void lifetime(byte[] cell, long expiresMillis, long idleMillis) {
    LONG.set(cell, EXPIRES_AT, expiresMillis);
    LONG.set(cell, IDLE_AT, idleMillis);
  }

  static byte[] seal(byte[] cell) {
    INT.set(cell, CRC_AT, checksum(cell));
    return cell;
  }

  static boolean isWhole(byte[] cell) {
    return cell.length >= BYTES
        && cell[0] == FORMAT
        && (int) INT.get(cell, CRC_AT) == checksum(cell);
  }

  private static int checksum(byte[] cell) {
    CRC32C checksum = new CRC32C();
    checksum.update(cell, KIND_AT, cell.length - KIND_AT);
    return (int) checksum.getValue();
  }

  static byte kind(byte[] cell) {
    return cell[KIND_AT];
  }

  /** The generation with which a cell was written. */
  public static long generation(byte[] cell) {
    return (long) LONG.get(cell, GENERATION_AT);
  }

  static long mark(byte[] cell) {
    return (long) LONG.get(cell, MARK_AT);
  }

  /** The moment from which on a cell is not served. */
  public static long expiresMillis(byte[] cell) {
    return (long) LONG.get(cell, EXPIRES_AT);
  }

  static long idleMillis(byte[] cell) {
    return (long) LONG.get(cell, IDLE_AT);
  }

  /** Which node wrote the cell; 0 if that can't be read. */
  public static long origin(byte[] cell) {
    return cell.length < BYTES ? 0 : (long) LONG.get(cell, ORIGIN_AT);
  }

  /** A number as scripts compare it. */
  public static byte[] bytes(long number) {
    byte[] bytes = new byte[Long.BYTES];
    LONG.set(bytes, 0, number);
    return bytes;
  }

  /** The number of eight bytes. */
  public static long number(byte[] bytes) {
    if (bytes.length != Long.BYTES) {
      throw new IllegalArgumentException("Not a number of eight bytes");
    }
    return (long) LONG.get(bytes, 0);
  }
}
