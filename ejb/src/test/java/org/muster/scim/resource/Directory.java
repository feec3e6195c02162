package org.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.security.enterprise.identitystore.PasswordHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.muster.kernel.TenantId;
import org.muster.scim.policy.Limits;
import org.muster.scim.policy.Policy;
import org.muster.scim.policy.Profile;
import org.muster.scim.projection.Selection;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.security.Caller;
import org.muster.security.Scope;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageProvider;
import org.muster.storage.memory.MemoryStorage;

/** The operations on resources over a store, in the short words of tests. */
final class Directory {
  static final String BASE = "https://example.com/scim/v2";
  static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  static final Condition ALWAYS = new Condition.None();
  private static final ResourceTypes TYPES = new BuiltInResourceTypes();

  final StorageProvider storage;
  final Resources resources;
  final TenantId tenant;
  final ResourceType users;
  final ResourceType groups;
  private final Policy policy;

  Directory() {
    this(new MemoryStorage(Clock.systemUTC()));
  }

  Directory(StorageProvider storage) {
    this(storage, TenantId.DEFAULT, new Limits(100, 1_000, 100_000));
  }

  Directory(Profile profile) {
    this(
        new MemoryStorage(Clock.systemUTC()),
        TenantId.DEFAULT,
        new Policy(profile, new Limits(100, 1_000, 100_000)));
  }

  Directory(StorageProvider storage, TenantId tenant, Limits limits) {
    this(storage, tenant, new Policy(Profile.STANDARD, limits));
  }

  private Directory(StorageProvider storage, TenantId tenant, Policy policy) {
    this.policy = policy;
    this.storage = storage;
    this.tenant = tenant;
    this.users = TYPES.byName(tenant, "User").orElseThrow();
    this.groups = TYPES.byName(tenant, "Group").orElseThrow();
    Secrets secrets = new Secrets(new Reversed(), 2, Duration.ofSeconds(10));
    this.resources = new Resources(storage, storage::apply, TYPES, secrets);
  }

  RequestContext context() {
    Caller caller = new Caller("tester", tenant, Optional.empty(), Set.of(Scope.SCIM_WRITE));
    return new RequestContext(tenant, caller, BASE, policy);
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JsonDocument.MAPPER.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode read(Representation.Body body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      body.writeTo(out);
      return (ObjectNode) JsonDocument.MAPPER.readTree(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode read(Representation representation) {
    return read(representation.body());
  }

  Representation post(ResourceType type, String json) {
    return resources.create(context(), type, json(json), Selection.DEFAULT);
  }

  /** The id of a new user; {@code more} is further members of the body. */
  String user(String userName, String... more) {
    return post(users, userBody(userName, more)).id();
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
    return post(groups, groupBody(displayName, members)).id();
  }

  static String groupBody(String displayName, String... members) {
    StringBuilder values = new StringBuilder();
    for (String member : members) {
      values.append(values.isEmpty() ? "" : ",").append("{'value':'").append(member).append("'}");
    }
    return "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group'],'displayName':'"
        + displayName
        + "','members':["
        + values
        + "]}";
  }

  static String manager(String id) {
    return "'" + ENTERPRISE + "':{'department':'R&D','manager':{'value':'" + id + "'}}";
  }

  ObjectNode get(ResourceType type, String id) {
    return read(representation(type, id));
  }

  Representation representation(ResourceType type, String id) {
    return resources.get(context(), type, id, Selection.DEFAULT);
  }

  Representation patch(ResourceType type, String id, String... operations) {
    return patch(type, id, ALWAYS, operations);
  }

  Representation patch(ResourceType type, String id, Condition ifMatch, String... operations) {
    String body =
        "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':["
            + String.join(",", operations)
            + "]}";
    return resources.patch(context(), type, id, ifMatch, json(body), Selection.DEFAULT);
  }

  static String add(String member) {
    return "{'op':'add','path':'members','value':[{'value':'" + member + "'}]}";
  }

  Representation put(ResourceType type, String id, Condition ifMatch, String body) {
    return resources.replace(context(), type, id, ifMatch, json(body), Selection.DEFAULT);
  }

  static Condition tag(String opaque) {
    return new Condition.Tags(List.of(opaque));
  }

  ObjectNode list(ResourceType type, String filter, int startIndex, int count) {
    return list(
        type,
        new ListRequest(
            Optional.of(filter).filter(text -> !text.isEmpty()),
            Optional.empty(),
            false,
            OptionalInt.of(startIndex),
            OptionalInt.of(count),
            Optional.empty(),
            Selection.DEFAULT));
  }

  ObjectNode walk(ResourceType type, String filter, String sortBy, String cursor, int count) {
    return list(
        type,
        new ListRequest(
            Optional.of(filter).filter(text -> !text.isEmpty()),
            Optional.of(sortBy).filter(text -> !text.isEmpty()),
            false,
            OptionalInt.empty(),
            OptionalInt.of(count),
            Optional.of(cursor),
            Selection.DEFAULT));
  }

  ObjectNode list(ResourceType type, ListRequest request) {
    return read(resources.list(context(), type, request));
  }

  ObjectNode members(String group, String cursor, int count) {
    return read(
        resources.members(
            context(),
            groups,
            group,
            "members",
            Optional.of(cursor).filter(text -> !text.isEmpty()),
            OptionalInt.of(count)));
  }

  static List<String> texts(JsonNode array, String member) {
    return array.findValuesAsText(member);
  }

  /** A hash that tests can read. */
  static final class Reversed implements PasswordHash {
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
