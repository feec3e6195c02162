package org.muster.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.security.enterprise.identitystore.PasswordHash;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.Sealing;
import org.muster.event.memory.MemoryEventStore;
import org.muster.kernel.TenantId;
import org.muster.receiver.ReceiverSettings.Content;
import org.muster.scim.policy.Limits;
import org.muster.scim.policy.Policy;
import org.muster.scim.policy.Profile;
import org.muster.scim.projection.Selection;
import org.muster.scim.resource.Condition;
import org.muster.scim.resource.RequestContext;
import org.muster.scim.resource.Resources;
import org.muster.scim.resource.Secrets;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.security.Caller;
import org.muster.security.Scope;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageProvider;
import org.muster.storage.journal.JournaledStorage;
import org.muster.storage.memory.MemoryStorage;

/** Resources whose changes are told, in the short words of tests. */
public final class Signals {
  public static final TenantId TENANT = TenantId.DEFAULT;
  public static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  private static final ResourceTypes TYPES = new BuiltInResourceTypes();
  private static final Condition ALWAYS = new Condition.None();

  public final EventStore events = new MemoryEventStore(Runnable::run, Sealing.NONE);
  public final StorageProvider storage =
      new JournaledStorage(new MemoryStorage(Clock.systemUTC()), events);
  public final ResourceType users = TYPES.byName(TENANT, "User").orElseThrow();
  public final ResourceType groups = TYPES.byName(TENANT, "Group").orElseThrow();
  public final ScimEvents scim = new ScimEvents(TYPES, storage, events);
  private final Resources resources =
      new Resources(
          storage, storage::apply, TYPES, new Secrets(new Reversed(), 2, Duration.ofSeconds(10)));

  private static RequestContext context() {
    return new RequestContext(
        TENANT,
        new Caller(
            "tester", TENANT, Optional.empty(), Set.of(Scope.SCIM_WRITE, Scope.TENANT_ADMIN)),
        "https://example.com/scim/v2",
        new Policy(Profile.STANDARD, new Limits(100, 1_000, 100_000)));
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JsonDocument.MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The id of a new user; {@code more} is further members of the body. */
  public String user(String userName, String... more) {
    return resources
        .create(context(), users, json(userBody(userName, more)), Selection.DEFAULT)
        .id();
  }

  static String userBody(String userName, String... more) {
    String rest = more.length == 0 ? "" : "," + String.join(",", more);
    return "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'userName':'"
        + userName
        + "'"
        + rest
        + "}";
  }

  /** The id of a new group. */
  String group(String displayName, String... members) {
    return resources
        .create(context(), groups, json(groupBody(displayName, members)), Selection.DEFAULT)
        .id();
  }

  static String groupBody(String displayName, String... members) {
    StringBuilder values = new StringBuilder();
    for (String member : members) {
      values.append(values.isEmpty() ? "" : ",").append("{'value':'").append(member).append("'}");
    }
    return "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group'],'displayName':'"
        + displayName
        + "','externalId':'ext-"
        + displayName
        + "','members':["
        + values
        + "]}";
  }

  void put(ResourceType type, String id, String body) {
    resources.replace(context(), type, id, ALWAYS, json(body), Selection.DEFAULT);
  }

  public void patch(ResourceType type, String id, String... operations) {
    String body =
        "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':["
            + String.join(",", operations)
            + "]}";
    resources.patch(context(), type, id, ALWAYS, json(body), Selection.DEFAULT);
  }

  public void delete(ResourceType type, String id) {
    resources.delete(context(), type, id, ALWAYS);
  }

  void restore(ResourceType type, String id) {
    resources.restore(context(), type, id, Selection.DEFAULT);
  }

  void purge(ResourceType type, String id) {
    resources.purge(context(), type, id);
  }

  public List<Event> all() {
    return events.after(Position.START, EventFilter.ALL, 1_000).events();
  }

  /** What is told of all that happened, in its order. */
  List<ScimEvent> told(Content content) {
    return all().stream().flatMap(event -> scim.of(event, content).stream()).toList();
  }

  /** What is told of what happened last. */
  ScimEvent last(Content content) {
    List<Event> all = all();
    return scim.of(all.get(all.size() - 1), content).orElseThrow();
  }

  private static final class Reversed implements PasswordHash {
    @Override
    public String generate(char[] password) {
      return new StringBuilder(new String(password)).reverse().toString();
    }

    @Override
    public boolean verify(char[] password, String hashed) {
      return generate(password).equals(hashed);
    }
  }
}
