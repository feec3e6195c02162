package org.muster.event.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.muster.event.Position;
import org.muster.storage.StorageException;

/** What keeps the progress of projections. */
public abstract class ProgressContract {
  protected static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  protected final String name = "p" + UUID.randomUUID().toString().substring(0, 8);

  protected abstract ProjectionProgress progress();

  /** The transactions that it takes part in. */
  protected abstract Unit transactions();

  protected Progress take() {
    return transactions().run(() -> progress().take(name, true, NOW)).orElseThrow();
  }

  @Test
  void progressIsBegunWhenItIsTaken() {
    assertThat(progress().find(name)).isEmpty();
    Progress begun = take();
    assertThat(begun).isEqualTo(Progress.begun(name, NOW));
    assertThat(progress().find(name)).contains(begun);
  }

  @Test
  void whatIsSavedIsFoundUnderANewVersion() {
    Progress changed =
        take()
            .in(Phase.REBUILDING, Position.parse("7").orElseThrow(), NOW.plusSeconds(1))
            .at(Position.parse("5").orElseThrow(), 42, NOW.plusSeconds(2))
            .failed("It's \u0000 \"bad\" 😀", NOW.plusSeconds(3));
    Progress saved = transactions().run(() -> progress().save(changed));
    assertThat(saved.version()).isGreaterThan(changed.version());
    Progress found = progress().find(name).orElseThrow();
    assertThat(found.done()).isEqualTo(42);
    assertThat(found.position()).hasToString("5");
    assertThat(found.target()).hasToString("7");
    assertThat(found.phase()).isEqualTo(Phase.REBUILDING);
    assertThat(found.error().orElseThrow()).contains("\"bad\" 😀");
    assertThat(found.started()).isEqualTo(NOW.plusSeconds(1));
    assertThat(found.updated()).isEqualTo(NOW.plusSeconds(3));
    assertThat(found.version()).isEqualTo(saved.version());
  }

  @Test
  void staleProgressIsNotSaved() {
    Progress stale = take();
    Progress saved = transactions().run(() -> progress().save(stale.at(Position.START, 1, NOW)));
    assertThatThrownBy(
            () -> transactions().run(() -> progress().save(stale.at(Position.START, 9, NOW))))
        .isInstanceOf(StorageException.Conflict.class);
    assertThat(progress().find(name).map(Progress::done)).isEqualTo(Optional.of(1L));
    assertThat(progress().find(name)).contains(saved);
  }
}
