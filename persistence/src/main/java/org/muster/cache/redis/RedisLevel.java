package org.muster.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheLevelException;
import org.muster.cache.CacheSpace;
import org.muster.cache.Codec;
import org.muster.cache.Coherence;
import org.muster.cache.KeyPage;
import org.muster.cache.KeyQuery;
import org.muster.cache.LevelStats;
import org.muster.cache.Lifetime;
import org.muster.cache.PutCondition;
import org.muster.cache.Slot;
import org.muster.cache.coded.CellHeader;
import org.muster.cache.coded.CellKeys;
import org.muster.cache.coded.Cells;
import org.muster.cache.coded.CorruptCellException;
import org.muster.cache.coded.Marks;
import org.muster.cache.coded.SpaceState;
import org.muster.cache.coded.SpaceStates;
import org.muster.cache.coded.SpaceView;
import org.muster.cache.coded.ToldCoherence;
import org.muster.kernel.TenantId;

/**
 * A level in one Redis, 6.2 or later, that this and other nodes use. A call is one round trip, but
 * for listing and clearing: one for each portion of keys. Redis itself bounds the whole ({@code
 * maxmemory}). An entry with an idle time may go an eighth of it early.
 */
public final class RedisLevel<V> implements CacheLevel<V> {
  private final RedisLink link;
  private final ToldCoherence coherence;
  private final Cells<V> cells;
  private final SpaceStates spaces = new SpaceStates();
  private final Generations generations = new Generations(spaces);
  private final RedisWrites<V> writes;
  private final RedisIndex index;
  private final Clock clock;
  private final Duration guard;

  RedisLevel(
      RedisClient client,
      RedisSettings settings,
      String name,
      Codec<V> codec,
      Clock clock,
      long maxBytes) {
    this.guard = settings.guard();
    this.clock = clock;
    this.cells = new Cells<>(codec, Marks.generation(), false);
    this.coherence = new ToldCoherence(guard, false, this::isConnected);
    this.link =
        new RedisLink(client, settings, name, new RedisFeed(coherence, spaces::outdateUnknown));
    this.writes = new RedisWrites<>(cells, clock, guard, maxBytes, generations);
    this.index = new RedisIndex();
  }

  void open() {
    link.open();
  }

  private boolean isConnected() {
    return link.isOpen();
  }

  /** The names of its keys in the present run of the server. */
  RedisNames names() {
    return link.session().names();
  }

  @Override
  public Slot<V> get(CacheKey key) {
    return read(
        key,
        (session, slot) -> {
          spaces.look(key.space()).counters().read(slot.entry().isPresent());
          slot.entry().ifPresent(entry -> touch(session, session.names().cell(key), entry));
        });
  }

  @Override
  public Slot<V> peek(CacheKey key) {
    return read(key, (session, slot) -> {});
  }

  private Slot<V> read(CacheKey key, BiConsumer<RedisSession, Slot<V>> seen) {
    return call(
        spaces.look(key.space()),
        session -> {
          RedisNames names = session.names();
          byte[] name = names.cell(key);
          List<KeyValue<byte[], byte[]>> found =
              session.await(
                  session.commands().mget(names.generation(key.space()), name, names.all()));
          if (found == null) {
            throw new CacheLevelException("Redis gave no answer");
          }
          byte[] generation = found.get(0).getValueOrElse(null);
          byte[] cell = found.get(1).getValueOrElse(null);
          SpaceView view = generations.seen(session, key.space(), generation);
          if (view == null) { // the third is asked for with the others, since this may be so
            return Slot.voided(generations.vacancy(found.get(2).getValueOrElse(null)));
          }
          Slot<V> slot = slot(session, key, cell, view, spaces.of(key.space()));
          seen.accept(session, slot);
          return slot;
        });
  }

  private Slot<V> slot(
      RedisSession session,
      CacheKey key,
      byte @Nullable [] cell,
      SpaceView view,
      SpaceState state) {
    try {
      return cells.slot(cell, view, clock.millis());
    } catch (CorruptCellException e) {
      long mark = Marks.next();
      if (cell != null && writes.replaceCorrupt(session, key, cell, view, mark)) {
        state.counters().corrupt();
        return Slot.voided(mark);
      }
      return Cells.vacant(view);
    }
  }

  private void touch(RedisSession session, byte[] name, CacheEntry<V> entry) {
    Lifetime lifetime = entry.lifetime();
    if (lifetime.idleMillis() > 0) {
      long millis = RedisWrites.millis(lifetime, clock.millis());
      if (millis > 0) {
        session.send(
            Script.TOUCH,
            new byte[][] {name},
            CellHeader.bytes(entry.version()),
            RedisNames.bytes(Long.toString(millis)));
      }
    }
  }

  @Override
  public boolean exists(CacheKey key) {
    return call(
        spaces.look(key.space()),
        session -> {
          List<Object> seen =
              session.list(
                  Script.LOOK,
                  new byte[][] {
                    session.names().generation(key.space()), session.names().cell(key)
                  });
          byte[] generation = (byte[]) seen.get(0);
          SpaceView view =
              generations.seen(session, key.space(), generation.length == 0 ? null : generation);
          return view != null && cells.isServed((byte[]) seen.get(1), view, clock.millis());
        });
  }

  @Override
  public boolean put(CacheKey key, CacheEntry<V> entry, PutCondition condition) {
    SpaceState state = spaces.of(key.space());
    return call(
        state,
        session -> {
          boolean done = writes.put(session, key, entry, condition, state);
          if (done) {
            state.counters().put();
          }
          return done;
        });
  }

  @Override
  public boolean voidKey(CacheKey key) {
    SpaceState state = spaces.of(key.space());
    return call(state, session -> writes.voidKey(session, key, state));
  }

  @Override
  public KeyPage keys(KeyQuery query) {
    return call(
        spaces.look(query.space()),
        session -> {
          SpaceView view = generations.look(session, query.space());
          return view == null
              ? new KeyPage(List.of(), Optional.empty())
              : index.page(session, query, view);
        });
  }

  @Override
  public long clear(CacheSpace space) {
    SpaceState state = spaces.of(space);
    return call(
        state,
        session -> {
          generations.renew(session, space, state);
          return index.sweep(session, space);
        });
  }

  @Override
  public void clearAll() {
    generations.renewAll(link.session());
    for (byte[] name : known()) {
      clear(CellKeys.space(new String(name, UTF_8)));
    }
  }

  private Iterable<byte[]> known() {
    RedisSession session = link.session();
    Iterable<byte[]> names = session.await(session.commands().smembers(session.names().spaces()));
    return names == null ? List.of() : names;
  }

  @Override
  public long cleanUp(CacheSpace space) {
    return call(
        spaces.look(space),
        session -> {
          SpaceView view = generations.look(session, space);
          if (view == null) {
            return 0L;
          }
          index.sweep(session, space);
          long gone = index.cleanUp(session, space, view);
          spaces.of(space).counters().expired(gone);
          return gone;
        });
  }

  @Override
  public Set<CacheSpace> spaces(TenantId tenant) {
    Set<CacheSpace> found = new HashSet<>();
    for (byte[] bytes : known()) {
      CacheSpace of = CellKeys.space(new String(bytes, UTF_8));
      if (of.tenant().equals(tenant) && !keys(new KeyQuery(of, "", "", 1)).keys().isEmpty()) {
        found.add(of);
      }
    }
    return found;
  }

  @Override
  public LevelStats stats(CacheSpace space) {
    SpaceState state = spaces.look(space);
    if (state.view() == null) {
      return state.counters().stats(0, 0);
    }
    try {
      RedisIndex.Weight weight =
          call(
              state,
              session ->
                  index.weigh(
                      session, space, generations.open(session, space, state).generation()));
      return state.counters().stats(weight.entries(), weight.bytes());
    } catch (CacheLevelException e) {
      return state.counters().stats(0, 0);
    }
  }

  @Override
  public Coherence coherence() {
    return coherence;
  }

  @Override
  public void close() {
    link.close();
  }

  private <T> T call(SpaceState state, Function<RedisSession, T> call) {
    try {
      return call.apply(link.session());
    } catch (CacheLevelException e) {
      state.counters().failed();
      if (link.isOpen()) {
        link.suspect();
      }
      throw e;
    }
  }
}
