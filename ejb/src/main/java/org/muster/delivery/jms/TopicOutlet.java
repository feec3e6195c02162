package org.muster.delivery.jms;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.muster.event.Event;
import org.muster.feed.EventJson;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * Sends events to a topic, each as a persistent text message with the JSON of the change feed.
 * Properties say what it is of, so that consumers can select without reading it; the group of a
 * message ({@code JMSXGroupID}) is its resource, so that consumers who share a subscription keep
 * the order of a resource.
 */
final class TopicOutlet implements Outlet {
  private final JMSContext context;
  private final JMSProducer producer;
  private final Topic topic;
  private final EventJson json;

  private TopicOutlet(JMSContext context, Topic topic, EventJson json) {
    this.json = json;
    this.context = context;
    this.producer = context.createProducer();
    this.topic = topic;
  }

  /**
   * Opens a way to a topic.
   *
   * @throws StorageException.Unavailable if the broker can't be reached
   */
  static Outlet open(ConnectionFactory factory, String topic, EventJson json) {
    try {
      JMSContext context = factory.createContext();
      try {
        return new TopicOutlet(context, context.createTopic(topic), json);
      } catch (JMSRuntimeException e) {
        context.close();
        throw e;
      }
    } catch (JMSRuntimeException e) {
      throw unavailable("The message broker can't be reached", e);
    }
  }

  @Override
  public void send(Event event) {
    try {
      producer.send(topic, message(event));
    } catch (JMSRuntimeException | JMSException e) {
      throw unavailable("The message broker does not take events", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TextMessage message(Event event) throws JMSException, IOException {
    StorageKey stream = event.stream();
    TextMessage message = context.createTextMessage(json.item(event));
    message.setStringProperty("tenant", stream.tenant().value());
    message.setStringProperty("collection", stream.collection());
    message.setStringProperty("type", event.type().word());
    message.setStringProperty("eventId", event.recorded().id().toString());
    message.setLongProperty("position", event.position().sequence());
    message.setStringProperty(
        "JMSXGroupID", stream.tenant() + "/" + stream.collection() + "/" + stream.id());
    return message;
  }

  @Override
  public void close() {
    try {
      context.close();
    } catch (JMSRuntimeException e) {
      throw unavailable("The message broker does not let go", e);
    }
  }

  private static StorageException unavailable(String what, Exception cause) {
    return new StorageException.Unavailable(what, cause);
  }
}
