package org.muster.scim.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.muster.scim.ScimException;
import org.muster.scim.projection.Selection;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.ForwardingStorage;
import org.muster.storage.JsonDocument;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;
import org.muster.storage.memory.MemoryStorage;

/** What a group of 100,000 costs. */
class LargeGroupTest {
  private static final int MEMBERS = 100_000;

  private final Counting storage = new Counting();
  private final Directory directory = new Directory(storage);
  private final String small = directory.group("small");
  private final String large = directory.group("large");
  private final String ann = directory.user("ann");

  LargeGroupTest() {
    List<StorageKey> members = new ArrayList<>();
    Batch.Builder batch = Batch.builder(directory.tenant);
    for (int i = 0; i < MEMBERS; i++) {
      StorageKey key = new StorageKey(directory.tenant, "User", "member-" + i);
      members.add(key);
      batch.add(
          new Change.Put(
              key, JsonDocument.ofText("{\"userName\":\"m\"}"), new TreeMap<>(), "m" + i));
    }
    batch.add(
        new Change.AddLinks(new StorageKey(directory.tenant, "Group", large), "members", members));
    storage.apply(batch.build());
    storage.reset();
  }

  @Test
  void readingItHoldsOnePageAtATime() throws IOException {
    AtomicInteger values = new AtomicInteger();
    Representation group = directory.representation(directory.groups, large);
    group.body().writeTo(new ValueCounter(values));
    assertThat(values).hasValue(MEMBERS);
    assertThat(storage.largestPage).isEqualTo(LinkPages.PAGE);
    assertThat(storage.calls.get("links")).isEqualTo(MEMBERS / LinkPages.PAGE + 1);
  }

  @Test
  void itIsNotGoneThroughForEachFilterOfAPatch() {
    String filter = "{'op':'remove','path':'members[display eq \\\"m%d\\\"]'}";
    directory.patch(directory.groups, large, filter.formatted(1));
    String[] many = IntStream.range(0, 50).mapToObj(filter::formatted).toArray(String[]::new);
    directory.patch(directory.groups, small, many);
    storage.reset();
    assertThatThrownBy(() -> directory.patch(directory.groups, large, many))
        .isInstanceOfSatisfying(
            ScimException.class, e -> assertThat(e.type()).contains(ScimException.Type.TOO_MANY));
    assertThat(storage.calls.get("links")).isLessThanOrEqualTo(2 * (MEMBERS / LinkPages.PAGE + 1));
  }

  @Test
  void withoutMembersItDoesNotTouchThem() {
    directory.resources.get(
        directory.context(), directory.groups, large, new Selection(List.of(), List.of("members")));
    assertThat(storage.calls).containsExactly(Map.entry("get", 1));
  }

  @Test
  void addingAMemberCostsTheSameInASmallGroup() {
    directory.patch(directory.groups, small, Directory.add(ann));
    Map<String, Integer> inSmall = Map.copyOf(storage.calls);
    storage.reset();
    directory.patch(directory.groups, large, Directory.add(ann));
    assertThat(storage.calls).isEqualTo(inSmall).doesNotContainKey("links");
    storage.reset();
    directory.patch(
        directory.groups,
        large,
        "{'op':'remove','path':'members[value eq \\\"%s\\\"]'}".formatted(ann));
    assertThat(storage.calls).doesNotContainKey("links");
  }

  /** Counts the members in what is written, and forgets it. */
  private static final class ValueCounter extends OutputStream {
    private static final byte[] NAME =
        "\"value\":".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private final AtomicInteger values;
    private int matched;

    ValueCounter(AtomicInteger values) {
      this.values = values;
    }

    @Override
    public void write(int b) {
      matched = b == NAME[matched] ? matched + 1 : b == NAME[0] ? 1 : 0;
      if (matched == NAME.length) {
        values.incrementAndGet();
        matched = 0;
      }
    }
  }

  /** Counts calls by their name. */
  private static final class Counting extends ForwardingStorage {
    final Map<String, Integer> calls = new TreeMap<>();
    int largestPage;

    Counting() {
      super(new MemoryStorage(Clock.systemUTC()));
    }

    void reset() {
      calls.clear();
      largestPage = 0;
    }

    @Override
    public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
      calls.merge("get", 1, Integer::sum);
      return super.get(key, expand);
    }

    @Override
    public java.util.Set<StorageKey> existing(java.util.Set<StorageKey> keys) {
      calls.merge("existing", 1, Integer::sum);
      return super.existing(keys);
    }

    @Override
    public Applied apply(Batch batch) {
      calls.merge("apply", 1, Integer::sum);
      return super.apply(batch);
    }

    @Override
    public List<Linked> links(LinkQuery query) {
      calls.merge("links", 1, Integer::sum);
      List<Linked> page = super.links(query);
      largestPage = Math.max(largestPage, page.size());
      return page;
    }
  }
}
