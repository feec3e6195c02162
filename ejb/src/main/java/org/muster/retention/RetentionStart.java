package org.muster.retention;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.muster.config.Settings;
import org.muster.operations.Started;

/** Begins to purge when storage can be used; a value that is not allowed stops the start. */
@Dependent
class RetentionStart {
  private static final Logger LOG = System.getLogger(RetentionStart.class.getName());

  void onStart(@Observes Started started, Settings settings, PurgeTimer timer) {
    Optional<Duration> kept = RetentionSettings.kept(settings);
    Duration interval = RetentionSettings.interval(settings);
    LOG.log(
        Level.INFO,
        "What is deleted is kept {0}",
        kept.map(time -> "for " + time.toDays() + " days").orElse("for ever"));
    timer.begin(interval);
  }
}
