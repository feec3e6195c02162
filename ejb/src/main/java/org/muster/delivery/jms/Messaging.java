package org.muster.delivery.jms;

import jakarta.jms.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.muster.config.Settings;
import org.muster.event.EventStore;
import org.muster.event.projection.ProjectionProgress;
import org.muster.event.projection.Projections.Registered;
import org.muster.event.projection.Unit;
import org.muster.feed.EventJson;
import org.muster.storage.StorageException;

/** The configured messages; see docs/messaging.md. */
public final class Messaging {
  private static final String TOPIC = "muster.messaging.topic";
  private static final String FACTORY = "muster.messaging.factory";

  /** The broker that the server has, or is configured for. */
  private static final String SERVERS = "java:comp/DefaultJMSConnectionFactory";

  /** What other nodes have written is sent soon after. */
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,99}");

  private final Optional<String> topic;
  private final String factory;
  private final EventStore events;
  private final EventJson json;
  private final LeasedProgress progress;

  /**
   * Messages of events.
   *
   * @param progress takes part in the caller's transaction
   * @param lease after which another node goes on for one that died
   * @throws IllegalStateException if a key has a value that is not allowed
   */
  public Messaging(
      Settings settings,
      EventStore events,
      EventJson json,
      ProjectionProgress progress,
      Unit transactions,
      Duration lease) {
    this.topic = settings.text(TOPIC);
    topic.ifPresent(Messaging::requireName);
    this.factory = settings.text(FACTORY).orElse(SERVERS);
    this.events = events;
    this.json = json;
    this.progress = new LeasedProgress(progress, transactions, lease, Clock.systemUTC());
  }

  /**
   * What sends them; it begins at the end of the events if it is new. Empty if no topic is
   * configured.
   *
   * @param rest how long to wait before it is kept that there was nothing to send
   */
  public Optional<Registered> projection(Duration rest) {
    return topic.map(
        name -> {
          progress.begin(MessageProjection.NAME, events.end());
          return new Registered(
              new MessageProjection(
                  () -> TopicOutlet.open(lookUp(factory), name, json), progress::isMine),
              progress,
              Unit.NONE,
              INTERVAL,
              rest,
              Optional.empty());
        });
  }

  private static void requireName(String topic) {
    if (!NAME.matcher(topic).matches()) {
      throw new IllegalStateException(
          TOPIC
              + "="
              + topic
              + " is not allowed; it must be 1 to 100 of A-Z, a-z, 0-9, '_' and '.', and begin with"
              + " a letter or '_'");
    }
  }

  @SuppressWarnings("BanJNDI") // a name of the configuration, in the server's own tree
  private static ConnectionFactory lookUp(String name) {
    try {
      return InitialContext.doLookup(name);
    } catch (NamingException | ClassCastException e) {
      throw new StorageException.Unavailable("There is no message broker under " + name, e);
    }
  }
}
