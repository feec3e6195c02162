package org.muster.it.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A durable subscription of a topic. */
final class Subscriber implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JMSContext context;
  private final JMSConsumer consumer;

  /** A message. */
  record Received(
      String tenant,
      String collection,
      String type,
      String eventId,
      long position,
      String group,
      JsonNode body) {}

  /**
   * Subscribes, or goes on with the subscription.
   *
   * @param selector which messages; empty for all
   */
  Subscriber(ConnectionFactory factory, String topic, String name, String selector) {
    this.context = factory.createContext("guest", "guest");
    context.setClientID(name);
    this.consumer =
        context.createDurableConsumer(context.createTopic(topic), name, selector, false);
  }

  /** What arrives until so many are there; fails if the wait for one is too long. */
  List<Received> take(int count, Duration patience) throws Exception {
    List<Received> taken = new ArrayList<>();
    while (taken.size() < count) {
      Message message = consumer.receive(patience.toMillis());
      if (message == null) {
        throw new AssertionError("Only " + taken.size() + " of " + count + " messages: " + taken);
      }
      taken.add(received(message));
    }
    return taken;
  }

  /** What arrives until nothing has come for a while. */
  List<Received> drain(Duration quiet) throws Exception {
    List<Received> taken = new ArrayList<>();
    Message message = consumer.receive(quiet.toMillis());
    while (message != null) {
      taken.add(received(message));
      message = consumer.receive(quiet.toMillis());
    }
    return taken;
  }

  private static Received received(Message message) throws Exception {
    return new Received(
        message.getStringProperty("tenant"),
        message.getStringProperty("collection"),
        message.getStringProperty("type"),
        message.getStringProperty("eventId"),
        message.getLongProperty("position"),
        message.getStringProperty("JMSXGroupID"),
        JSON.readTree(message.getBody(String.class)));
  }

  @Override
  public void close() {
    context.close();
  }
}
