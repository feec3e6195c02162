package org.muster.scim.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Limits;
import org.muster.scim.resource.RequestContext;
import org.muster.security.Caller;
import org.muster.security.Scope;
import org.muster.storage.memory.MemoryStorage;

/** Bulk requests whose client does not wait. */
class BulkJobsTest {
  private static final String BODY =
      Desk.request("", List.of(Desk.user("a", "ann"), Desk.user("b", "ann")));
  @TempDir private Path folder;
  private final Deque<Runnable> work = new ArrayDeque<>();
  private Desk desk;

  @BeforeEach
  void open() {
    desk =
        new Desk(
            new MemoryStorage(Clock.systemUTC()), folder, Limits.USUAL, task -> work.add(task));
  }

  private String submit() {
    return desk.bulk.submit(Desk.call(), Desk.stream(BODY), -1);
  }

  private BulkJob find(String transaction) {
    return desk.bulk.find(Desk.context(TenantId.DEFAULT), transaction);
  }

  @Test
  void progressIsShownUntilTheResponseIsThere() {
    String transaction = submit();
    BulkJob job = find(transaction);
    assertThat(job.isDone()).isFalse();
    JsonNode progress = Desk.read(job.body());
    assertThat(progress.get("status").asText()).isEqualTo("running");
    assertThat(progress.get("operations").asInt()).isEqualTo(2);
    assertThat(progress.get("done").asInt()).isZero();
    work.remove().run();
    assertThat(job.isDone()).isTrue();
    assertThat(Desk.statuses(Desk.read(find(transaction).body()))).containsExactly("201", "409");
  }

  @Test
  void whoWaitsHearsOfTheEndOrOfTheTime() {
    BulkJob job = find(submit());
    assertThat(job.await(Duration.ofMillis(20))).isFalse();
    Thread worker = new Thread(work.remove());
    worker.start();
    assertThat(job.await(Duration.ofSeconds(30))).isTrue();
    assertThat(job.isDone()).isTrue();
    assertThat(job.await(Duration.ZERO)).isTrue();
  }

  @Test
  void jobOfAnotherTenantIsNotThere() {
    String transaction = submit();
    assertThatThrownBy(() -> desk.bulk.find(Desk.context(new TenantId("other")), transaction))
        .isInstanceOfSatisfying(
            ScimException.class, missing -> assertThat(missing.status()).isEqualTo(404));
    assertThatThrownBy(() -> find("nothing")).isInstanceOf(ScimException.class);
  }

  @Test
  void answerIsForWhoMayWriteHoweverThePathIsSpelled() {
    String transaction = submit();
    RequestContext writer = Desk.context(TenantId.DEFAULT);
    Caller reading =
        new Caller("reader", TenantId.DEFAULT, Optional.empty(), Set.of(Scope.SCIM_READ));
    RequestContext reader =
        new RequestContext(TenantId.DEFAULT, reading, writer.baseUrl(), writer.policy());
    assertThatThrownBy(() -> desk.bulk.find(reader, transaction))
        .isInstanceOfSatisfying(
            ScimException.class, refused -> assertThat(refused.status()).isEqualTo(403));
  }

  @Test
  void answersOfOneTenantDoNotTakeThePlaceOfAnothers() {
    for (int i = 0; i < BulkJobs.KEPT_OF_A_TENANT; i++) {
      submit();
      work.remove().run();
    }
    assertThatThrownBy(this::submit)
        .isInstanceOfSatisfying(
            ScimException.class, busy -> assertThat(busy.status()).isEqualTo(503));
    BulkCall other = new BulkCall(Desk.context(new TenantId("other")), Desk.call().versions());
    assertThat(desk.bulk.submit(other, Desk.stream(BODY), -1)).isNotEmpty();
  }

  private String submit(String tenant) {
    BulkCall call = new BulkCall(Desk.context(new TenantId(tenant)), Desk.call().versions());
    return desk.bulk.submit(call, Desk.stream(BODY), -1);
  }

  private static void assertBusy(ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ScimException.class, busy -> assertThat(busy.status()).isEqualTo(503));
  }

  @Test
  void tooManyAtOnceAreToldToComeBack() {
    submit("one");
    submit("one");
    submit("two");
    submit("three");
    assertBusy(() -> submit("four"));
    work.remove().run();
    assertThat(submit("four")).isNotEmpty();
  }

  @Test
  void tenantTakesHalfOfThePlacesAtMost() {
    submit();
    submit();
    assertBusy(this::submit);
    assertBusy(this::submit);
    assertThat(submit("other")).isNotEmpty();
    work.remove().run();
    assertThat(submit()).isNotEmpty();
    assertBusy(this::submit);
  }

  @Test
  void badRequestIsRefusedAtOnceAndTakesNoPlace() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> desk.bulk.submit(Desk.call(), Desk.stream("nonsense"), -1))
          .isInstanceOfSatisfying(
              ScimException.class, bad -> assertThat(bad.status()).isEqualTo(400));
    }
    assertThat(submit()).isNotEmpty();
  }

  @Test
  void serverThatStopsTakesNoMoreAndDoesNoMore() {
    String transaction = submit();
    Thread stopping = new Thread(desk.bulk::stop);
    stopping.start();
    awaitRefusal();
    work.remove().run();
    assertThatThrownBy(() -> find(transaction).body()).isInstanceOf(ScimException.class);
    assertThat(desk.told)
        .extracting(AsyncResult::transaction)
        .containsExactly(transaction + ":0", transaction + ":1");
    assertThat(desk.told)
        .allSatisfy(told -> assertThat(told.response().path("status").asText()).isEqualTo("503"));
    assertThat(desk.list(desk.users).at("/totalResults").asInt()).isZero();
  }

  private void awaitRefusal() {
    for (int i = 0; i < 1_000; i++) {
      try {
        desk.bulk.submit(Desk.call(), Desk.stream("nonsense"), -1);
      } catch (ScimException e) {
        if (e.status() == 503) {
          return;
        }
      }
      Thread.onSpinWait();
    }
  }
}
