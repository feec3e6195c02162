package org.muster.delivery;

import java.time.Duration;

/**
 * How deliveries are made.
 *
 * @param workers receivers that are served at the same time on a node, each by a thread
 * @param parallel requests to a receiver at the same time
 * @param lease after which another node may serve the receivers of one that is silent
 * @param retry how long an event is tried, while others get through
 * @param attempts how often it is tried at most
 * @param rejections how often it is tried at most if the receiver says that it is wrong
 * @param notes most events that are noted for a receiver
 * @param ofEvent between attempts with an event
 * @param ofReceiver between attempts with a receiver that nothing gets through to
 */
public record DeliverySettings(
    int workers,
    int parallel,
    Duration lease,
    Duration retry,
    int attempts,
    int rejections,
    int notes,
    Backoff ofEvent,
    Backoff ofReceiver) {}
