package org.muster.cache.infinispan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.infinispan.AdvancedCache;
import org.infinispan.context.Flag;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;
import org.infinispan.notifications.cachelistener.event.Event;
import org.infinispan.partitionhandling.AvailabilityMode;
import org.muster.cache.coded.CellHeader;
import org.muster.cache.coded.Marks;

/**
 * What all nodes have to know of, each before a write of it returns: the generations of spaces, who
 * is about to end, and notices of what was voided. Replicated caches, whose listeners do the rest.
 */
@Listener
final class Control {
  /** Hears of what is written, by whichever node. Must not block. */
  interface Hearer {
    void renewed(String space, long generation, boolean first);

    void renewedAll();

    CompletionStage<Void> noticed(byte[] key, long mark, long origin);
  }

  private static final String GENERATION = "g/";
  private static final String NODE = "n/";

  /** In place of the name of a space. */
  private static final String ALL = "";

  private static final long HERE = 1;
  private static final long ENDS = 2;
  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  private final AdvancedCache<byte[], byte[]> facts;
  private final AdvancedCache<byte[], byte[]> notices;
  private final Members members;
  private final Map<String, Hearer> hearers = new ConcurrentHashMap<>();

  Control(
      AdvancedCache<byte[], byte[]> facts, AdvancedCache<byte[], byte[]> notices, Members members) {
    this.facts = facts;
    this.notices = notices.withFlags(Flag.IGNORE_RETURN_VALUES);
    this.members = members;
    facts.addListener(this);
    notices.addListener(this);
  }

  /** Whether what is told now reaches all nodes. */
  boolean isAvailable() {
    return facts.getAvailability() == AvailabilityMode.AVAILABLE
        && notices.getAvailability() == AvailabilityMode.AVAILABLE;
  }

  void hear(String level, Hearer hearer) {
    hearers.put(level, hearer);
  }

  void forget(String level) {
    hearers.remove(level);
  }

  void begins(String node) {
    facts.put(bytes(NODE + node), CellHeader.bytes(HERE));
  }

  void ends(String node) {
    facts.put(bytes(NODE + node), CellHeader.bytes(ENDS));
  }

  /** The generation of a space, if there is one. */
  OptionalLong present(String level, String space) {
    byte[] found = facts.get(bytes(GENERATION + level + "/" + space));
    return found == null ? OptionalLong.empty() : OptionalLong.of(CellHeader.number(found));
  }

  /** The generation of a space, made if there is none. */
  long generation(String level, String space) {
    byte[] key = bytes(GENERATION + level + "/" + space);
    byte[] found = facts.get(key);
    if (found == null) {
      long fresh = Marks.generation();
      found = facts.putIfAbsent(key, CellHeader.bytes(fresh));
      return found == null ? fresh : CellHeader.number(found);
    }
    return CellHeader.number(found);
  }

  /** Gives a space another generation; all nodes have it when this returns. */
  void renew(String level, String space) {
    facts.put(bytes(GENERATION + level + "/" + space), CellHeader.bytes(Marks.generation()));
  }

  /** Outdates what was seen of spaces that were never written; all nodes have heard then. */
  void renewAll(String level) {
    renew(level, ALL);
  }

  /** The names of a level's spaces, of all nodes. */
  List<String> spaces(String level) {
    String prefix = GENERATION + level + "/";
    List<String> spaces = new ArrayList<>();
    for (byte[] key : facts.keySet()) {
      String name = new String(key, UTF_8);
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        spaces.add(name.substring(prefix.length()));
      }
    }
    return spaces;
  }

  /** Tells all nodes that a key was voided, or has another entry now. */
  void notice(String level, byte[] key, long mark, long origin, long guardMillis) {
    byte[] name = bytes(level + "/");
    byte[] address = Arrays.copyOf(name, name.length + key.length);
    System.arraycopy(key, 0, address, name.length, key.length);
    byte[] what = Arrays.copyOf(CellHeader.bytes(mark), 2 * Long.BYTES);
    System.arraycopy(CellHeader.bytes(origin), 0, what, Long.BYTES, Long.BYTES);
    notices.put(address, what, guardMillis, TimeUnit.MILLISECONDS);
  }

  @CacheEntryCreated
  @CacheEntryModified
  public CompletionStage<Void> written(CacheEntryEvent<byte[], byte[]> event) {
    if (event.isPre()) {
      return DONE;
    }
    byte[] value = event.getValue();
    if (value.length == Long.BYTES) {
      fact(
          new String(event.getKey(), UTF_8),
          CellHeader.number(value),
          event.getType() == Event.Type.CACHE_ENTRY_CREATED);
      return DONE;
    }
    return notice(event.getKey(), value);
  }

  private void fact(String name, long number, boolean first) {
    if (name.startsWith(NODE)) {
      String node = name.substring(NODE.length());
      if (number == ENDS) {
        members.ends(node);
      } else {
        members.begins(node);
      }
      return;
    }
    int end = name.indexOf('/', GENERATION.length());
    Hearer hearer = hearers.get(name.substring(GENERATION.length(), end));
    String space = name.substring(end + 1);
    if (hearer != null && space.equals(ALL)) {
      hearer.renewedAll();
    } else if (hearer != null) {
      hearer.renewed(space, number, first);
    }
  }

  private CompletionStage<Void> notice(byte[] address, byte[] what) {
    int end = 0;
    while (address[end] != '/') {
      end++;
    }
    Hearer hearer = hearers.get(new String(address, 0, end, UTF_8));
    if (hearer == null) {
      return DONE;
    }
    byte[] key = Arrays.copyOfRange(address, end + 1, address.length);
    long mark = CellHeader.number(Arrays.copyOf(what, Long.BYTES));
    long origin = CellHeader.number(Arrays.copyOfRange(what, Long.BYTES, what.length));
    return hearer.noticed(key, mark, origin);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
