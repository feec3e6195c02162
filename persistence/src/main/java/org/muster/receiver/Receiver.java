package org.muster.receiver;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.muster.kernel.Version;

/**
 * Somebody outside who is told of a tenant's events.
 *
 * @param secrets those that are valid, the newest first; several while one takes the place of
 *     another
 * @param version another one with each change, never used again; what is delivered does not change
 *     it
 * @param created in milliseconds
 * @param updated in milliseconds
 */
public record Receiver(
    ReceiverId id,
    Kind kind,
    State state,
    ReceiverSettings settings,
    List<Secret> secrets,
    Version version,
    Instant created,
    Instant updated) {

  /** Whether events are delivered. */
  public enum State {
    /** They are. */
    ENABLED,
    /** They wait. */
    PAUSED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name in stores and answers. */
    public String word() {
      return word;
    }
  }

  public Receiver {
    secrets = List.copyOf(secrets);
  }

  /** The same in another state. */
  public Receiver in(State other) {
    return new Receiver(id, kind, other, settings, secrets, version, created, updated);
  }

  /** Whether it is to get events. */
  public boolean isEnabled() {
    return state == State.ENABLED;
  }
}
