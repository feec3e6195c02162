package org.muster.scim.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.muster.scim.resource.Directory.ALWAYS;
import static org.muster.scim.resource.Directory.ENTERPRISE;
import static org.muster.scim.resource.Directory.manager;
import static org.muster.scim.resource.Directory.read;
import static org.muster.scim.resource.Directory.texts;
import static org.muster.scim.resource.Directory.userBody;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.projection.Selection;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.SchemaReader;
import org.muster.scim.schema.SchemaWriter;
import org.muster.security.Caller;
import org.muster.security.Scope;
import org.muster.storage.StorageKey;

/** Deleted resources: restored, purged, listed. */
class RestoreTest {
  private final Directory directory = new Directory();

  @Test
  void restoredUserIsAsItWas() {
    Representation made =
        directory.post(
            directory.users,
            userBody(
                "Ann",
                "'externalId':'x'",
                "'emails':[{'value':'a@x','primary':true}]",
                "'" + ENTERPRISE + "':{'department':'R&D'}",
                "'password':'secret7'"));
    delete(made.id());
    Representation restored = restore(made.id());
    ObjectNode before = read(made);
    ObjectNode after = read(restored);
    assertThat(after.path("meta").path("created")).isEqualTo(before.path("meta").path("created"));
    assertThat(restored.etag()).isNotEqualTo(made.etag());
    assertThat(after.remove("meta")).isNotEqualTo(before.remove("meta"));
    assertThat(after).isEqualTo(before);
    assertThat(directory.representation(directory.users, made.id()).etag())
        .isEqualTo(restored.etag());
    StorageKey secret = Secrets.key(new StorageKey(directory.tenant, "User", made.id()));
    assertThat(directory.storage.get(secret, List.of()).orElseThrow().document().text())
        .contains("7terces");
  }

  @Test
  void restoredUserIsFoundAndHasItsNameAgain() {
    String ann = directory.user("Ann");
    delete(ann);
    restore(ann);
    assertThat(
            directory
                .list(directory.users, "userName eq \"ann\"", 1, 9)
                .path("totalResults")
                .intValue())
        .isOne();
    assertFails(() -> directory.user("ANN"), 409, "taken");
  }

  @Test
  void membershipsAndReferencesDoNotComeBack() {
    String boss = directory.user("boss");
    String ann = directory.user("ann", manager(boss));
    String group = directory.group("g", ann, boss);
    delete(ann);
    ObjectNode restored = read(restore(ann));
    assertThat(restored.path(ENTERPRISE).has("manager")).isFalse();
    assertThat(restored.path(ENTERPRISE).path("department").asText()).isEqualTo("R&D");
    assertThat(directory.get(directory.users, ann).has("groups")).isFalse();
    assertThat(texts(directory.get(directory.groups, group).path("members"), "value"))
        .containsExactly(boss);
  }

  @Test
  void nameThatIsTakenMeanwhileIsRefused() {
    String first = directory.user("ann");
    delete(first);
    String second = directory.user("Ann");
    assertThatThrownBy(() -> restore(first))
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> {
              assertThat(e.status()).isEqualTo(409);
              assertThat(e.type()).contains(ScimException.Type.UNIQUENESS);
            });
    delete(second);
    restore(first);
    assertThat(directory.get(directory.users, first).path("userName").asText()).isEqualTo("ann");
  }

  @Test
  void whatIsLiveUnknownOrRestoredBeforeIsNotFound() {
    String ann = directory.user("ann");
    assertFails(() -> restore(ann), 404, "no deleted User");
    assertFails(() -> purge(ann), 404, "no deleted User");
    delete(ann);
    restore(ann);
    assertFails(() -> restore(ann), 404, "no deleted User");
    for (String id : List.of("nobody", "", "a\u0000b", "x".repeat(256))) {
      assertFails(() -> restore(id), 404, "");
      assertFails(() -> purge(id), 404, "");
    }
  }

  @Test
  void purgedUserIsGoneWithItsPassword() {
    String ann = directory.user("ann", "'password':'secret7'");
    delete(ann);
    StorageKey key = new StorageKey(directory.tenant, "User", ann);
    assertThat(directory.storage.buried(Secrets.key(key))).isPresent();
    purge(ann);
    assertThat(directory.storage.buried(key)).isEmpty();
    assertThat(directory.storage.buried(Secrets.key(key))).isEmpty();
    assertFails(() -> restore(ann), 404, "no deleted User");
    assertFails(() -> purge(ann), 404, "no deleted User");
  }

  @Test
  void onlyAdministratorsDoSo() {
    String ann = directory.user("ann");
    delete(ann);
    for (Scope scope : List.of(Scope.SCIM_WRITE, Scope.SCIM_READ, Scope.STORAGE_WRITE)) {
      RequestContext context = context(scope);
      assertFails(
          () -> directory.resources.restore(context, directory.users, ann, Selection.DEFAULT),
          403,
          "tenant.admin");
      assertFails(
          () -> directory.resources.purge(context, directory.users, ann), 403, "tenant.admin");
    }
    directory.resources.restore(
        context(Scope.PLATFORM_ADMIN), directory.users, ann, Selection.DEFAULT);
    assertThat(directory.get(directory.users, ann).path("userName").asText()).isEqualTo("ann");
  }

  @Test
  void whatDoesNotFitItsSchemaAnyMoreIsRefused() {
    String ann = directory.user("ann", "'nickName':'a'", "'title':'t'");
    delete(ann);
    assertUnfit(ann, "nickName", attribute -> attribute.put("type", "integer"));
    assertUnfit(ann, "nickName", attribute -> attribute.put("mutability", "readOnly"));
    assertUnfit(ann, "nickName", attribute -> attribute.put("multiValued", true));
    assertUnfit(ann, "locale", attribute -> attribute.put("required", true));
    assertUnfit(ann, "nickName", attribute -> attribute.put("name", "sobriquet"));
    ObjectNode restored =
        read(restoreAs(ann, with("nickName", attribute -> attribute.put("required", true))));
    assertThat(restored.path("title").asText()).isEqualTo("t");
  }

  private void assertUnfit(String id, String attribute, Consumer<ObjectNode> change) {
    ResourceType changed = with(attribute, change);
    assertFails(() -> restoreAs(id, changed), 409, "does not fit its schema");
    assertThat(directory.storage.buried(new StorageKey(directory.tenant, "User", id))).isPresent();
  }

  private ResourceType with(String attribute, Consumer<ObjectNode> change) {
    ResourceType type = directory.users;
    ObjectNode schema = SchemaWriter.write(type.schema());
    ArrayNode attributes = (ArrayNode) schema.path("attributes");
    for (int i = attributes.size() - 1; i >= 0; i--) {
      ObjectNode each = (ObjectNode) attributes.get(i);
      if (each.path("name").asText().equals(attribute)) {
        change.accept(each);
      }
    }
    return new ResourceType(
        type.name(),
        type.endpoint(),
        type.description(),
        SchemaReader.read(schema),
        type.extensions(),
        type.labels(),
        List.of("userName"));
  }

  @Test
  void administratorsListWhatWasDeleted() {
    Tombstones tombstones =
        new Tombstones(directory.storage, new BuiltInResourceTypes(), TenantId.DEFAULT::equals);
    String ann = directory.user("ann", "'displayName':'Ann A'");
    delete(ann);
    Caller admin = caller(TenantId.DEFAULT, Scope.TENANT_ADMIN);
    assertThat(tombstones.page(admin, "default", "User", Optional.empty(), 9))
        .singleElement()
        .satisfies(
            tombstone -> {
              assertThat(tombstone.key().id()).isEqualTo(ann);
              assertThat(tombstone.label()).isEqualTo("Ann A");
              assertThat(tombstone.actor()).isEqualTo("tester");
            });
    assertThat(tombstones.page(admin, "default", "Group", Optional.empty(), 9)).isEmpty();
    assertThat(tombstones.page(admin, "default", "User", Optional.of(ann), 9)).isEmpty();
    assertFails(() -> tombstones.page(admin, "default", "Users", Optional.empty(), 9), 400, "type");
    assertFails(
        () -> tombstones.page(admin, "default", "$secret", Optional.empty(), 9), 400, "type");
    assertFails(
        () -> tombstones.page(admin, "default", "User", Optional.of("x".repeat(256)), 9),
        400,
        "cursor");
    Caller reader = caller(TenantId.DEFAULT, Scope.SCIM_WRITE);
    assertFails(
        () -> tombstones.page(reader, "default", "User", Optional.empty(), 9), 403, "admin");
    Caller foreign = caller(new TenantId("other"), Scope.TENANT_ADMIN);
    assertFails(
        () -> tombstones.page(foreign, "default", "User", Optional.empty(), 9), 404, "tenant");
    Caller platform = caller(new TenantId("other"), Scope.PLATFORM_ADMIN);
    assertThat(tombstones.page(platform, "default", "User", Optional.empty(), 9)).hasSize(1);
    for (String unknown : List.of("nobody", "", "No Tenant", "a\u0000")) {
      assertFails(
          () -> tombstones.page(platform, unknown, "User", Optional.empty(), 9), 404, "tenant");
    }
  }

  private static Caller caller(TenantId tenant, Scope scope) {
    return new Caller("admin", tenant, Optional.empty(), Set.of(scope));
  }

  private RequestContext context(Scope scope) {
    RequestContext usual = directory.context();
    return new RequestContext(
        usual.tenant(), caller(usual.tenant(), scope), usual.baseUrl(), usual.policy());
  }

  private void delete(String id) {
    directory.resources.delete(directory.context(), directory.users, id, ALWAYS);
  }

  private Representation restore(String id) {
    return restoreAs(id, directory.users);
  }

  private Representation restoreAs(String id, ResourceType type) {
    return directory.resources.restore(context(Scope.TENANT_ADMIN), type, id, Selection.DEFAULT);
  }

  private void purge(String id) {
    directory.resources.purge(context(Scope.TENANT_ADMIN), directory.users, id);
  }

  private static void assertFails(ThrowingCallable call, int status, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> {
              assertThat(e.status()).as(e.getMessage()).isEqualTo(status);
              assertThat(e.getMessage()).contains(words);
            });
  }
}
