package org.muster.event.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.event.Sealing;
import org.muster.event.Snapshot;
import org.muster.event.memory.MemoryEventStore;
import org.muster.event.memory.MemorySnapshotStore;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/** Documents that are made of a snapshot and the events behind it. */
class DocumentStatesTest {
  private static final StorageKey GROUP = new StorageKey(TenantId.DEFAULT, "Group", "g");

  private final MemoryEventStore events = new MemoryEventStore(Runnable::run, Sealing.NONE);
  private final MemorySnapshotStore snapshots = new MemorySnapshotStore(Sealing.NONE);
  private final DocumentStates states = new DocumentStates(events, snapshots, 10);
  private long version;

  private void append(EventType type, String content) {
    Recorded recorded =
        Recorded.of(
            type,
            new Version(++version),
            Clock.systemUTC().instant(),
            Origin.SYSTEM,
            JsonDocument.ofText(content.replace('\'', '"')));
    List<Event> appended =
        events.append(List.of(new Append(GROUP, new Expected.Any(), List.of(recorded))));
    states.appended(appended);
  }

  private void fill() {
    append(
        EventType.CREATED,
        "{'document':{'n':1.50,'name':'G'},'label':'G','keys':{'name':['g']},"
            + "'claims':{'name':['g']}}");
    for (int n = 0; n < 24; n++) {
      append(
          EventType.MEMBERSHIP_ADDED, "{'relation':'members','targets':{'User':['u" + n + "']}}");
    }
  }

  private void assertSame(DocumentState actual, DocumentState expected) {
    assertThat(actual.number()).isEqualTo(expected.number());
    assertThat(actual.presence()).isEqualTo(expected.presence());
    assertThat(actual.document().map(JsonDocument::text))
        .isEqualTo(expected.document().map(JsonDocument::text));
    assertThat(actual.label()).isEqualTo(expected.label());
    assertThat(texts(actual.keys())).isEqualTo(texts(expected.keys()));
    assertThat(actual.claims()).isEqualTo(expected.claims());
    assertThat(actual.links()).isEqualTo(expected.links());
    assertThat(actual.version()).isEqualTo(expected.version());
    assertThat(actual.created().toEpochMilli()).isEqualTo(expected.created().toEpochMilli());
    assertThat(actual.modified().toEpochMilli()).isEqualTo(expected.modified().toEpochMilli());
  }

  private static SortedMap<String, List<String>> texts(SortedMap<String, List<String>> keys) {
    SortedMap<String, List<String>> copy = new TreeMap<>();
    keys.forEach((name, list) -> copy.put(name, new ArrayList<>(list)));
    return copy;
  }

  private DocumentState fromTheStart() {
    return new DocumentStates(events, new MemorySnapshotStore(Sealing.NONE), 0).load(GROUP);
  }

  @Test
  void stateOfASnapshotAndTheRestIsThatOfAllEvents() {
    fill();
    assertThat(snapshots.latest(GROUP, Long.MAX_VALUE).map(Snapshot::number))
        .isEqualTo(Optional.of(20L));
    assertSame(states.load(GROUP), fromTheStart());
    append(EventType.DELETED, "{}");
    assertSame(states.load(GROUP), fromTheStart());
    for (int n = 0; n < 4; n++) {
      append(EventType.REINDEXED, "{'keys':{'name':['h']}}");
    }
    assertThat(snapshots.latest(GROUP, Long.MAX_VALUE).map(Snapshot::number))
        .isEqualTo(Optional.of(30L));
    assertSame(states.load(GROUP), fromTheStart());
    append(EventType.RESTORED, "{'label':'H','keys':{}}");
    assertSame(states.load(GROUP), fromTheStart());
  }

  @Test
  void eventsBeforeASnapshotAreNotRead() {
    fill();
    snapshots.save(
        new Snapshot(
            GROUP,
            25,
            JsonDocument.ofText(
                "{'presence':'LIVE','created':1,'modified':2,'version':7,'document':'{}','label':"
                        .replace('\'', '"')
                    + "\"told by the snapshot\",\"links\":[]}")));
    assertThat(states.load(GROUP).label()).isEqualTo("told by the snapshot");
    assertThat(states.load(GROUP).links()).isEmpty();
  }

  @Test
  void snapshotThatCantBeReadIsPassedOver() {
    fill();
    snapshots.save(new Snapshot(GROUP, 25, JsonDocument.ofText("{\"presence\":\"NONSENSE\"}")));
    assertSame(states.load(GROUP), fromTheStart());
  }

  @Test
  void noSnapshotIsTakenWhereNoneIsWanted() {
    DocumentStates without = new DocumentStates(events, snapshots, 0);
    fill();
    snapshots.discard(GROUP);
    without.appended(events.after(Position.START, EventFilter.ALL, 100).events());
    assertThat(snapshots.latest(GROUP, Long.MAX_VALUE)).isEmpty();
  }
}
