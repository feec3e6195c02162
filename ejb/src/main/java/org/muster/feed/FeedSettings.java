package org.muster.feed;

import java.time.Duration;
import org.muster.config.Settings;

/**
 * How many streams of events there may be, and how they are kept.
 *
 * @param streams open at the same time on a node
 * @param streamsPerTenant of them, of one tenant
 * @param life after which a stream ends, so that whoever comes back shows a credential again
 * @param heartbeat after which something is sent where there is nothing to tell
 */
public record FeedSettings(int streams, int streamsPerTenant, Duration life, Duration heartbeat) {
  /** The configured ones. */
  static FeedSettings of(Settings settings) {
    return new FeedSettings(
        (int) settings.number("muster.feed.streams", 0, 10_000, 200),
        (int) settings.number("muster.feed.streams-per-tenant", 0, 10_000, 20),
        Duration.ofSeconds(settings.number("muster.feed.stream-seconds", 1, 3_600, 300)),
        Duration.ofSeconds(settings.number("muster.feed.heartbeat-seconds", 1, 60, 15)));
  }
}
