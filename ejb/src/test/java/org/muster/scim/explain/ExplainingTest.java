package org.muster.scim.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Limits;
import org.muster.scim.policy.Policy;
import org.muster.scim.policy.Profile;
import org.muster.scim.policy.ShippedProfiles;
import org.muster.scim.projection.Selection;
import org.muster.scim.resource.Condition;
import org.muster.scim.resource.ListRequest;
import org.muster.scim.resource.Representation;
import org.muster.scim.resource.RequestContext;
import org.muster.scim.resource.Resources;
import org.muster.scim.resource.Secrets;
import org.muster.scim.resource.Write;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.security.Caller;
import org.muster.security.Scope;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageProvider;
import org.muster.storage.memory.MemoryStorage;

class ExplainingTest {
  private static final TenantId TENANT = TenantId.DEFAULT;
  private static final ResourceTypes TYPES = new BuiltInResourceTypes();
  private static final ResourceType USERS = TYPES.byName(TENANT, "User").orElseThrow();
  private static final ResourceType GROUPS = TYPES.byName(TENANT, "Group").orElseThrow();
  private static final Condition ALWAYS = new Condition.None();
  private static final Caller CALLER =
      new Caller("tester", TENANT, Optional.empty(), Set.of(Scope.TENANT_ADMIN));
  private static final Limits LIMITS = new Limits(100, 1_000, 5_000);
  private static final String ENTRA_PATCH =
      "{'op':'Replace','path':'active','value':'False'},"
          + "{'op':'Add','path':'emails[type eq \"work\"].value','value':'a@x.org'}";

  private final StorageProvider storage = new MemoryStorage(Clock.systemUTC());
  private int writes;
  private int expected;

  private final Resources resources =
      new Resources(
          storage, this::counted, TYPES, new Secrets(new Masked(), 2, Duration.ofSeconds(10)));

  private Applied counted(Batch batch) {
    writes++;
    return storage.apply(batch);
  }

  @AfterEach
  void nothingWasWrittenButByTheTest() {
    assertThat(writes).isEqualTo(expected);
  }

  @Test
  void entraPatchIsCoercedUnderItsProfile() {
    String ann = user("'active':true");
    ObjectNode told = explain(entra(), patch(USERS, ann, ENTRA_PATCH));
    assertThat(told.path("profile").asText()).isEqualTo("entra");
    assertThat(told.path("coercions").findValuesAsText("switch"))
        .containsExactly("boolean-as-text", "unmatched-filter-creates");
    assertThat(told.at("/coercions/0/place").asText()).isEqualTo("active");
    assertThat(told.at("/patch/0/op").asText()).isEqualTo("replace");
    assertThat(told.at("/patch/0/targets/0/found").asBoolean()).isTrue();
    assertThat(told.at("/patch/1/targets/0/path").asText())
        .isEqualTo("emails[type eq \"work\"].value");
    assertThat(told.at("/patch/1/targets/0/found").asBoolean(true)).isFalse();
    assertThat(told.at("/body/active").isBoolean()).isTrue();
    assertThat(told.at("/body/active").asBoolean(true)).isFalse();
    assertThat(told.at("/body/emails/0/value").asText()).isEqualTo("a@x.org");
    assertThat(told.at("/outcome/status").asInt()).isEqualTo(200); // as Entra wants it
    assertThat(told.at("/outcome/changes").asBoolean()).isTrue();
    assertThat(read(ann).path("active").asBoolean()).isTrue();
  }

  @Test
  void entraPatchIsRefusedByTheStandardWithTheRuleAndTheRemedy() {
    String ann = user("'active':true");
    ObjectNode told = explain(Profile.STANDARD, patch(USERS, ann, ENTRA_PATCH));
    JsonNode outcome = told.path("outcome");
    assertThat(outcome.path("status").asInt()).isEqualTo(400);
    assertThat(outcome.path("scimType").asText()).isEqualTo("invalidValue");
    assertThat(outcome.path("detail").asText()).startsWith("Operations[0]: active");
    assertThat(outcome.at("/rule/attribute").asText()).isEqualTo("active");
    assertThat(outcome.at("/rule/definition/type").asText()).isEqualTo("boolean");
    assertThat(outcome.path("acceptedWith"))
        .extracting(JsonNode::asText)
        .containsExactly("boolean-as-text", "unmatched-filter-creates");
    assertThat(told.path("coercions")).isEmpty();
    assertThat(told.at("/patch/0/reached").asBoolean()).isTrue();
    assertThat(told.at("/patch/1/reached").asBoolean(true)).isFalse();
    assertThat(told.at("/patch/1/parsed").asText()).isEqualTo("emails[type eq \"work\"].value");
    assertThat(told.has("body")).isFalse();
  }

  @Test
  void unknownAttributeOfAFilterIsTheOutcome() {
    ObjectNode told = explain(Profile.STANDARD, search("nickName eq \"x\" and colour pr", ""));
    assertThat(told.at("/outcome/status").asInt()).isEqualTo(400);
    assertThat(told.at("/outcome/scimType").asText()).isEqualTo("invalidFilter");
    assertThat(told.at("/outcome/rule/section").asText()).isEqualTo("RFC 7644 section 3.4.2.2");
    assertThat(told.has("filter")).isFalse();
    assertThat(told.at("/request/parameters/filter").asText()).contains("colour");
  }

  @Test
  void filterTellsWhatRunsOnAnIndex() {
    String filter = "USERNAME sw \"a\" and title eq \"Dr\" or name.familyName co \"x\"";
    ObjectNode told = explain(Profile.STANDARD, search(filter, ""));
    assertThat(told.at("/filter/text").asText())
        .isEqualTo("(userName sw \"a\" and title eq \"Dr\") or name.familyName co \"x\"");
    assertThat(told.path("filter").path("parts").findValuesAsText("text"))
        .containsExactly("userName sw \"a\"", "title eq \"Dr\"", "name.familyName co \"x\"");
    assertThat(told.at("/filter/parts/0/answeredBy").asText()).isEqualTo("index");
    assertThat(told.at("/filter/parts/1/answeredBy").asText()).isEqualTo("scan");
    assertThat(told.at("/filter/scanLimit").asInt()).isEqualTo(5_000);
    assertThat(told.at("/outcome/status").asInt()).isEqualTo(200);
    ObjectNode narrowed =
        explain(Profile.STANDARD, search("userName eq \"a\" and title pr", "meta.created"));
    assertThat(narrowed.at("/filter/answeredBy").asText()).isEqualTo("index-then-scan");
    assertThat(narrowed.at("/sort/by").asText()).isEqualTo("meta.created");
    assertThat(narrowed.at("/sort/byIndex").asBoolean()).isTrue();
    assertThat(narrowed.at("/request/parameters/count").asInt()).isEqualTo(100);
    assertThat(narrowed.at("/request/parameters/startIndex").asInt()).isEqualTo(1);
  }

  @Test
  void putTellsWhatItIgnores() {
    String ann = user("");
    String body =
        user(
            "ann",
            "'id':'other','meta':{},'groups':[],'colour':'red','name':{'tint':1,"
                + "'givenName':'Ann'},'title':'Dr'");
    ObjectNode told =
        explain(Profile.STANDARD, change(new Write.Replace(USERS, ann, ALWAYS, json(body))));
    assertThat(told.path("ignored").findValuesAsText("place"))
        .containsExactlyInAnyOrder("id", "meta", "groups", "colour", "name.tint");
    assertThat(told.path("ignored").findValuesAsText("why"))
        .containsOnly("it is read-only", "no schema defines it");
    assertThat(told.at("/body/title").asText()).isEqualTo("Dr");
    assertThat(told.path("body").has("colour")).isFalse();
    assertThat(told.at("/outcome/status").asInt()).isEqualTo(200);
    assertThat(read(ann).has("title")).isFalse();
  }

  @Test
  void passwordIsNeverEchoed() {
    String secret = "correct horse";
    String ann = user("");
    ObjectNode created =
        explain(
            Profile.STANDARD,
            change(new Write.Create(USERS, "x", json(user("bob", "'password':'" + secret + "'")))));
    assertThat(created.path("secretsSet")).extracting(JsonNode::asText).containsExactly("password");
    ObjectNode patched =
        explain(
            Profile.STANDARD,
            patch(
                USERS,
                ann,
                "{'op':'replace','path':'password','value':'"
                    + secret
                    + "'},"
                    + "{'op':'add','value':{'password':'"
                    + secret
                    + "'}}"));
    ObjectNode refused =
        explain(
            Profile.STANDARD,
            patch(USERS, ann, "{'op':'add','path':'password','value':{'a':'" + secret + "'}}"));
    assertThat(refused.at("/outcome/status").asInt()).isEqualTo(400);
    for (ObjectNode told : List.of(created, patched, refused)) {
      assertThat(told.toString()).doesNotContain(secret, "horse");
    }
    assertThat(created.path("projection").path("neverReturned"))
        .extracting(JsonNode::asText)
        .containsExactly("password");
  }

  @Test
  void staleIfMatchIsTheOutcome() {
    String ann = user("");
    Condition stale = new Condition.Tags(List.of("999999"));
    ObjectNode told =
        explain(
            Profile.STANDARD, change(new Write.Replace(USERS, ann, stale, json(user("ann", "")))));
    assertThat(told.at("/outcome/status").asInt()).isEqualTo(412);
    assertThat(told.at("/outcome/rule/section").asText()).isEqualTo("RFC 7644 section 3.14");
    assertThat(told.at("/request/ifMatch/0").asText()).isEqualTo("999999");
    ObjectNode deleted = explain(Profile.STANDARD, change(new Write.Delete(USERS, ann, stale)));
    assertThat(deleted.at("/outcome/status").asInt()).isEqualTo(412);
  }

  @Test
  void takenNameAndMissingMemberAreTheOutcome() {
    user("");
    ObjectNode taken =
        explain(Profile.STANDARD, change(new Write.Create(USERS, "x", json(user("ANN", "")))));
    assertThat(taken.at("/outcome/status").asInt()).isEqualTo(409);
    assertThat(taken.at("/outcome/scimType").asText()).isEqualTo("uniqueness");
    assertThat(taken.at("/outcome/rule/definition/uniqueness").asText()).isEqualTo("server");
    ObjectNode missing =
        explain(
            Profile.STANDARD,
            change(
                new Write.Create(
                    GROUPS,
                    "x",
                    json(
                        "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group'],"
                            + "'displayName':'g','members':[{'value':'nobody'}]}"))));
    assertThat(missing.at("/outcome/status").asInt()).isEqualTo(400);
    assertThat(missing.at("/outcome/rule/attribute").asText()).isEqualTo("members");
  }

  @Test
  void whatIsNotThereIsTheOutcome() {
    ObjectNode told = explain(Profile.STANDARD, patch(USERS, "nobody", ENTRA_PATCH));
    assertThat(told.at("/outcome/status").asInt()).isEqualTo(404);
    assertThat(told.at("/patch/0/reached").asBoolean(true)).isFalse();
    ObjectNode deleted =
        explain(Profile.STANDARD, change(new Write.Delete(USERS, "nobody", ALWAYS)));
    assertThat(deleted.at("/outcome/status").asInt()).isEqualTo(404);
  }

  @Test
  void deletionIsExplainedAndNotDone() {
    String ann = user("");
    ObjectNode told = explain(Profile.STANDARD, change(new Write.Delete(USERS, ann, ALWAYS)));
    assertThat(told.at("/outcome/status").asInt()).isEqualTo(204);
    assertThat(told.at("/outcome/changes").asBoolean()).isTrue();
    assertThat(read(ann).path("userName").asText()).isEqualTo("ann");
  }

  @Test
  void projectionTellsWhatIsShown() {
    String ann = user("");
    Selection selection = new Selection(List.of("userName", "name.givenName"), List.of());
    ObjectNode told =
        explain(Profile.STANDARD, new Question.Read(USERS, ann, selection, etag -> true));
    assertThat(told.at("/projection/returned"))
        .extracting(JsonNode::asText)
        .contains("userName", "name.givenName", "id")
        .doesNotContain("name", "title");
    assertThat(told.at("/projection/notReturned"))
        .extracting(JsonNode::asText)
        .contains("title", "name.familyName");
    assertThat(told.at("/outcome/status").asInt()).isEqualTo(200);
  }

  @Test
  void requestThatIsNotUnderstoodIsTheOutcome() {
    ObjectNode told =
        explaining(Profile.STANDARD)
            .explain(
                CALLER,
                TENANT,
                tenant -> {
                  throw ScimException.notFound("There is no resource type at /X");
                });
    assertThat(told.at("/outcome/status").asInt()).isEqualTo(404);
    assertThat(told.path("profile").asText()).isEqualTo("standard");
  }

  private static Profile entra() {
    return ShippedProfiles.all().named("entra").orElseThrow();
  }

  private Explaining explaining(Profile profile) {
    return new Explaining(storage, TYPES, tenant -> new Policy(profile, LIMITS));
  }

  private ObjectNode explain(Profile profile, Question question) {
    return explaining(profile).explain(CALLER, TENANT, tenant -> question);
  }

  private static Question change(Write write) {
    return new Question.Change(write, Selection.DEFAULT);
  }

  private static Question patch(ResourceType type, String id, String operations) {
    String body =
        "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':["
            + operations.replace("\"", "\\\"")
            + "]}";
    return change(new Write.Patch(type, id, ALWAYS, json(body)));
  }

  private static Question search(String filter, String sortBy) {
    return new Question.Search(
        USERS,
        new ListRequest(
            Optional.of(filter),
            Optional.of(sortBy).filter(name -> !name.isEmpty()),
            false,
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Selection.DEFAULT));
  }

  /** The id of a new user named ann. */
  private String user(String more) {
    expected++;
    return resources.create(context(), USERS, json(user("ann", more)), Selection.DEFAULT).id();
  }

  private static String user(String name, String more) {
    return "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'userName':'"
        + name
        + "'"
        + (more.isEmpty() ? "" : "," + more)
        + "}";
  }

  private ObjectNode read(String id) {
    Representation found = resources.get(context(), USERS, id, Selection.DEFAULT);
    var out = new java.io.ByteArrayOutputStream();
    try {
      found.body().writeTo(out);
      return (ObjectNode) JsonDocument.MAPPER.readTree(out.toByteArray());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static RequestContext context() {
    return new RequestContext(
        TENANT, CALLER, "https://example.com/scim/v2", new Policy(Profile.STANDARD, LIMITS));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JsonDocument.MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
