package org.muster.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.muster.cache.CacheSpace;
import org.muster.cache.KeyPage;
import org.muster.cache.KeyQuery;
import org.muster.cache.coded.CellHeader;
import org.muster.cache.coded.SpaceView;
import org.muster.kernel.Folding;

/**
 * The sorted keys of a space, one set for each generation. It may name entries that are gone, by
 * expiry or because Redis needed room; who comes across one strikes it out.
 */
final class RedisIndex {
  /** Entries, and their bytes if those that were not weighed are like those that were. */
  record Weight(long entries, long bytes) {}

  private static final int PORTION = 500;
  private static final byte[] FIRST = {'-'};
  private static final byte[] LAST = {'+'};
  private static final int BEHIND_ALL_UTF_8 = 0xFF;

  KeyPage page(RedisSession session, KeyQuery query, SpaceView view) {
    List<String> keys = new ArrayList<>();
    byte[] from = from(query);
    byte[] to = query.prefix().isEmpty() ? LAST : bound('(', query.prefix(), BEHIND_ALL_UTF_8);
    boolean more = true;
    while (more && keys.size() <= query.limit()) {
      int portion = query.limit() + 1 - keys.size();
      List<Object> found = list(session, query.space(), view.generation(), from, to, portion);
      for (Object key : found.subList(2, found.size())) {
        keys.add(new String((byte[]) key, UTF_8));
      }
      more = found.size() - 2 + (Long) found.get(0) == portion;
      from = behind((byte[]) found.get(1));
    }
    boolean full = keys.size() > query.limit();
    List<String> page = full ? keys.subList(0, query.limit()) : keys;
    return new KeyPage(page, full ? Optional.of(page.get(page.size() - 1)) : Optional.empty());
  }

  private static byte[] from(KeyQuery query) {
    if (!query.after().isEmpty()
        && Folding.CODE_POINTS.compare(query.after(), query.prefix()) >= 0) {
      return behind(query.after().getBytes(UTF_8));
    }
    return query.prefix().isEmpty() ? FIRST : bound('[', query.prefix());
  }

  private static byte[] behind(byte[] key) {
    byte[] bound = new byte[key.length + 1];
    bound[0] = '(';
    System.arraycopy(key, 0, bound, 1, key.length);
    return bound;
  }

  private static byte[] bound(char kind, String text, int... more) {
    ByteArrayOutputStream bound = new ByteArrayOutputStream();
    bound.write(kind);
    bound.writeBytes(text.getBytes(UTF_8));
    for (int each : more) {
      bound.write(each);
    }
    return bound.toByteArray();
  }

  private static List<Object> list(
      RedisSession session, CacheSpace space, long generation, byte[] from, byte[] to, int count) {
    RedisNames names = session.names();
    return session.list(
        Script.LIST,
        new byte[][] {names.index(space, generation)},
        from,
        to,
        RedisNames.bytes(Integer.toString(count)),
        names.cells(space),
        CellHeader.bytes(generation));
  }

  /** Strikes out keys of entries that are gone; how many. */
  long cleanUp(RedisSession session, CacheSpace space, SpaceView view) {
    long gone = 0;
    byte[] from = FIRST;
    while (true) {
      List<Object> found = list(session, space, view.generation(), from, LAST, PORTION);
      gone += (Long) found.get(0);
      if (found.size() - 2 + (Long) found.get(0) < PORTION) {
        return gone;
      }
      from = behind((byte[]) found.get(1));
    }
  }

  /** Removes the entries of outdated generations; how many. */
  long sweep(RedisSession session, CacheSpace space) {
    RedisNames names = session.names();
    Set<byte[]> outdated = session.await(session.commands().smembers(names.outdated(space)));
    long removed = 0;
    for (byte[] generation : outdated == null ? Set.<byte[]>of() : outdated) {
      removed += sweep(session, space, generation);
      session.await(session.commands().srem(names.outdated(space), generation));
    }
    return removed;
  }

  private static long sweep(RedisSession session, CacheSpace space, byte[] generation) {
    RedisNames names = session.names();
    long removed = 0;
    while (true) {
      List<Object> swept =
          session.list(
              Script.SWEEP,
              new byte[][] {names.index(space, CellHeader.number(generation))},
              names.cells(space),
              generation,
              RedisNames.bytes(Integer.toString(PORTION)));
      removed += (Long) swept.get(1);
      if ((Long) swept.get(0) < PORTION) {
        return removed;
      }
    }
  }

  Weight weigh(RedisSession session, CacheSpace space, long generation) {
    RedisNames names = session.names();
    List<Object> seen =
        session.list(
            Script.WEIGH,
            new byte[][] {names.index(space, generation)},
            names.cells(space),
            RedisNames.bytes(Integer.toString(PORTION)));
    long entries = (Long) seen.get(0);
    long weighed = (Long) seen.get(1);
    long bytes = (Long) seen.get(2);
    return new Weight(entries, weighed == 0 ? 0 : bytes * entries / weighed);
  }
}
