package org.muster.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.security.enterprise.identitystore.PasswordHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.muster.kernel.TenantId;
import org.muster.scim.policy.Limits;
import org.muster.scim.policy.Policy;
import org.muster.scim.policy.Profile;
import org.muster.scim.projection.Selection;
import org.muster.scim.resource.Condition;
import org.muster.scim.resource.ListRequest;
import org.muster.scim.resource.Representation;
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
import org.muster.storage.memory.MemoryStorage;

/** Bulk requests over a store, in the short words of tests. */
final class Desk {
  static final String BASE = "https://example.com/v2";
  static final BulkLimits.Jobs JOBS = new BulkLimits.Jobs(4, 60);
  private static final ResourceTypes TYPES = new BuiltInResourceTypes();

  private final Limits limits;
  final StorageProvider storage;
  final Resources resources;
  final Bulk bulk;
  final List<AsyncResult> told = new CopyOnWriteArrayList<>();
  private volatile AsyncListener listener = (tenant, origin, request, all) -> told.addAll(all);
  final ResourceType users = TYPES.byName(TenantId.DEFAULT, "User").orElseThrow();
  final ResourceType groups = TYPES.byName(TenantId.DEFAULT, "Group").orElseThrow();

  Desk(Path folder) {
    this(new MemoryStorage(Clock.systemUTC()), folder, Limits.USUAL, Runnable::run);
  }

  Desk(StorageProvider storage, Path folder, Limits limits, Executor executor) {
    this.limits = limits;
    this.storage = storage;
    Secrets secrets = new Secrets(new Reversed(), 2, Duration.ofSeconds(10));
    this.resources = new Resources(storage, storage::apply, TYPES, secrets);
    this.bulk =
        new Bulk(
            resources,
            TYPES,
            JOBS,
            new Spools(folder),
            executor,
            (tenant, origin, request, results) -> listener.done(tenant, origin, request, results));
  }

  /** From now on another one is told. */
  void tell(AsyncListener other) {
    listener = other;
  }

  static RequestContext context(TenantId tenant) {
    return context(tenant, Limits.USUAL);
  }

  private static RequestContext context(TenantId tenant, Limits limits) {
    Caller caller = new Caller("tester", tenant, Optional.empty(), Set.of(Scope.SCIM_WRITE));
    Policy policy = new Policy(Profile.STANDARD, limits);
    return new RequestContext(tenant, caller, BASE, policy);
  }

  static BulkCall call() {
    return new BulkCall(context(TenantId.DEFAULT), Desk::version);
  }

  /** A call of a tenant with the limits of this desk. */
  BulkCall ownCall() {
    return new BulkCall(context(TenantId.DEFAULT, limits), Desk::version);
  }

  private static Condition version(String text) {
    return new Condition.Tags(List.of(text.replace("W/", "").replace("\"", "")));
  }

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  static String request(String head, List<String> operations) {
    return ("{'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],"
            + head
            + "'Operations':["
            + String.join(",", operations)
            + "]}")
        .replace('\'', '"');
  }

  JsonNode run(String... operations) {
    return body(request("", List.of(operations)));
  }

  /** The answer to a body. */
  JsonNode body(String json) {
    try (BulkResults results = bulk.run(ownCall(), stream(json), -1)) {
      return read(results);
    }
  }

  static JsonNode read(Representation.Body body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      body.writeTo(out);
      return JsonDocument.MAPPER.readTree(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> statuses(JsonNode answer) {
    List<String> statuses = new ArrayList<>();
    answer.get("Operations").forEach(result -> statuses.add(result.get("status").textValue()));
    return statuses;
  }

  static String post(String path, String bulkId, String data) {
    return "{'method':'POST','path':'%s','bulkId':'%s','data':%s}".formatted(path, bulkId, data);
  }

  static String userBody(String userName, String... more) {
    return "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'userName':'"
        + userName
        + "'"
        + (more.length == 0 ? "" : "," + String.join(",", more))
        + "}";
  }

  static String groupBody(String name, String... members) {
    List<String> values = new ArrayList<>();
    for (String member : members) {
      values.add("{'value':'" + member + "'}");
    }
    return "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group'],'displayName':'"
        + name
        + "','members':["
        + String.join(",", values)
        + "]}";
  }

  static String user(String bulkId, String userName, String... more) {
    return post("/Users", bulkId, userBody(userName, more));
  }

  static String group(String bulkId, String name, String... members) {
    return post("/Groups", bulkId, groupBody(name, members));
  }

  static String manager(String id) {
    return "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'manager':{'value':'"
        + id
        + "'}}";
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JsonDocument.MAPPER.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String id(JsonNode answer, int number) {
    String location = answer.at("/Operations/" + number + "/location").textValue();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  JsonNode get(ResourceType type, String id) {
    return read(resources.get(context(TenantId.DEFAULT), type, id, Selection.DEFAULT).body());
  }

  JsonNode list(ResourceType type) {
    return read(
        resources.list(
            context(TenantId.DEFAULT),
            type,
            new ListRequest(
                Optional.empty(),
                Optional.empty(),
                false,
                OptionalInt.empty(),
                OptionalInt.of(1_000),
                Optional.empty(),
                Selection.DEFAULT)));
  }

  /** A hash that costs nothing. */
  private static final class Reversed implements PasswordHash {
    @Override
    public String generate(char[] password) {
      return new StringBuilder(String.valueOf(password)).reverse().toString();
    }

    @Override
    public boolean verify(char[] password, String hashed) {
      return generate(password).equals(hashed);
    }
  }
}
