package org.muster.event.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.muster.event.Append;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.event.Sealing;
import org.muster.event.memory.MemoryEventStore;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/** What is read once for several, and what is not. */
class SharedPagesTest {
  private final EventStore store = new MemoryEventStore(Runnable::run, Sealing.NONE);
  private final AtomicInteger reads = new AtomicInteger();
  private final SharedPages pages = new SharedPages(counting());
  private long version;

  private EventStore counting() {
    return (EventStore)
        Proxy.newProxyInstance(
            SharedPagesTest.class.getClassLoader(),
            new Class<?>[] {EventStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("after")) {
                reads.incrementAndGet();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      version++;
      StorageKey key = new StorageKey(TenantId.DEFAULT, "User", "u" + version);
      Recorded recorded =
          Recorded.of(
              EventType.CREATED,
              new Version(version),
              Instant.EPOCH,
              Origin.SYSTEM,
              JsonDocument.ofText("{}"));
      store.append(List.of(new Append(key, new Expected.Any(), List.of(recorded))));
    }
  }

  private EventPage after(Position position) {
    return pages.after(position, EventFilter.ALL, 10);
  }

  @Test
  void whoFollowsTheSameReadsItOnce() {
    append(3);
    EventPage first = after(Position.START);
    EventPage second = after(Position.START);
    assertThat(second.events()).isEqualTo(first.events()).hasSize(3);
    assertThat(reads).hasValue(1);
  }

  @Test
  void pageOfAnotherOneDoesNotSayThatItIsComplete() {
    append(3);
    assertThat(after(Position.START).complete()).isTrue();
    append(1);
    EventPage second = after(Position.START);
    assertThat(second.complete()).isFalse();
    assertThat(after(second.next()).events()).hasSize(1);
  }

  @Test
  void whereNothingWasItIsLookedAnew() {
    assertThat(after(Position.START).events()).isEmpty();
    append(1);
    assertThat(after(Position.START).events()).hasSize(1);
  }

  @Test
  void nextPageIsReadAhead() {
    pages.readAhead(Runnable::run);
    append(35);
    EventPage first = after(Position.START);
    int before = reads.get();
    assertThat(pages.has(first.next(), EventFilter.ALL, 10)).isTrue();
    EventPage second = after(first.next());
    assertThat(second.events().get(0).position()).isGreaterThan(first.next());
    assertThat(reads.get()).isGreaterThan(before); // the one behind it, ahead
    assertThat(pages.has(second.next(), EventFilter.ALL, 10)).isTrue();
  }

  @Test
  void whatCanNotBeReadAheadIsReadWhenItIsWanted() {
    pages.readAhead(
        task -> {
          throw new RejectedExecutionException("no thread");
        });
    append(35);
    int seen = 0;
    EventPage page = after(Position.START);
    while (!page.events().isEmpty()) {
      seen += page.events().size();
      page = after(page.next());
    }
    assertThat(seen).isEqualTo(35);
  }

  @Test
  void whatIsForgottenIsReadAgain() {
    append(3);
    after(Position.START);
    pages.forget();
    after(Position.START);
    assertThat(reads).hasValue(2);
  }
}
