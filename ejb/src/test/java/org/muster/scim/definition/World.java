package org.muster.scim.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.security.enterprise.identitystore.PasswordHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.muster.access.Definition.Kind;
import org.muster.directory.TestDirectory;
import org.muster.kernel.Origin;
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
import org.muster.security.Caller;
import org.muster.security.Scope;
import org.muster.storage.Indexed;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageProvider;
import org.muster.storage.memory.MemoryStorage;

/** Definitions and resources of a tenant, in the short words of tests. */
final class World {
  static final TenantId ACME = new TenantId("acme");
  static final Condition ALWAYS = new Condition.None();
  private static final Policy POLICY =
      new Policy(Profile.STANDARD, new Limits(100, 1_000, 100_000));

  final MemoryDefinitions store = new MemoryDefinitions();
  final StorageProvider storage = new MemoryStorage(Clock.systemUTC());
  final TenantResourceTypes types =
      new TenantResourceTypes(store, new BuiltInResourceTypes(), TestDirectory.ofSystem());
  final List<String> built = new ArrayList<>();
  Indexed indexed = Indexed.READY;
  final Definitions definitions;
  final Preparing preparing;
  final Resources resources;

  World() {
    this(100_000);
  }

  World(long checkLimit) {
    Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    definitions = new Definitions(store, types, storage, storage::apply, checkLimit, clock, true);
    preparing =
        new Preparing(
            store,
            types,
            storage,
            storage::apply,
            (type, path) -> {
              built.add(type + " " + path.name());
              return indexed;
            },
            Duration.ofSeconds(-1),
            clock);
    resources =
        new Resources(
            storage, storage::apply, types, new Secrets(new Plain(), 2, Duration.ofSeconds(10)));
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JsonDocument.MAPPER.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A schema with the attributes given in JSON. */
  static ObjectNode schema(String urn, String attributes) {
    return json("{'id':'" + urn + "','attributes':[" + attributes + "]}");
  }

  Shown addSchema(String urn, String attributes) {
    return definitions.create(ACME, Kind.SCHEMA, schema(urn, attributes), Origin.SYSTEM);
  }

  Shown putSchema(String urn, String attributes) {
    return definitions.replace(
        ACME, Kind.SCHEMA, urn, ALWAYS, schema(urn, attributes), Origin.SYSTEM);
  }

  /** A type Thing at /Things of the schema urn:x:Thing; {@code more} are further members. */
  static ObjectNode thing(String more) {
    return json("{'name':'Thing','endpoint':'/Things','schema':'urn:x:Thing'" + more + "}");
  }

  Shown addThing(String attributes, String more) {
    addSchema("urn:x:Thing", attributes);
    return definitions.create(ACME, Kind.RESOURCE_TYPE, thing(more), Origin.SYSTEM);
  }

  Shown putType(String name, ObjectNode body) {
    return definitions.replace(ACME, Kind.RESOURCE_TYPE, name, ALWAYS, body, Origin.SYSTEM);
  }

  ResourceType type(String name) {
    return types.byName(ACME, name).orElseThrow();
  }

  RequestContext context() {
    Caller caller = new Caller("tester", ACME, Optional.empty(), Set.of(Scope.SCIM_WRITE));
    return new RequestContext(ACME, caller, "https://example.com/scim/v2", POLICY);
  }

  /** The id of a new resource; {@code members} are those besides schemas. */
  String post(String type, String members) {
    return post(type, json("{" + members + "}"));
  }

  String post(String type, ObjectNode body) {
    ResourceType resourceType = type(type);
    if (!body.has("schemas")) {
      body.putArray("schemas").add(resourceType.schema().id());
    }
    return resources.create(context(), resourceType, body, Selection.DEFAULT).id();
  }

  ObjectNode put(String type, String id, String members) {
    ObjectNode body = json("{" + members + "}");
    body.putArray("schemas").add(type(type).schema().id());
    return read(
        resources.replace(context(), type(type), id, ALWAYS, body, Selection.DEFAULT).body());
  }

  ObjectNode patch(String type, String id, String operation) {
    ObjectNode body =
        json(
            "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':["
                + operation
                + "]}");
    return read(resources.patch(context(), type(type), id, ALWAYS, body, Selection.DEFAULT).body());
  }

  ObjectNode get(String type, String id) {
    return read(resources.get(context(), type(type), id, Selection.DEFAULT).body());
  }

  void delete(String type, String id) {
    resources.delete(context(), type(type), id, ALWAYS);
  }

  List<String> find(String type, String filter) {
    return list(type, filter, "");
  }

  List<String> list(String type, String filter, String sortBy) {
    ListRequest request =
        new ListRequest(
            Optional.of(filter).filter(text -> !text.isEmpty()),
            Optional.of(sortBy).filter(text -> !text.isEmpty()),
            false,
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Selection.DEFAULT);
    JsonNode found = read(resources.list(context(), type(type), request));
    List<String> ids = new ArrayList<>();
    found.path("Resources").forEach(each -> ids.add(each.path("id").asText()));
    return ids;
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

  private static final class Plain implements PasswordHash {
    @Override
    public String generate(char[] password) {
      return String.valueOf(password);
    }

    @Override
    public boolean verify(char[] password, String hashed) {
      return generate(password).equals(hashed);
    }
  }
}
