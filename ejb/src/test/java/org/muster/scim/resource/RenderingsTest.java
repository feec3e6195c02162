package org.muster.scim.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.muster.monitor.Calls;
import org.muster.scim.projection.Selection;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.sql.Transactions;
import org.muster.storage.StorageProvider;
import org.muster.storage.cached.CachedStorage;
import org.muster.storage.cached.TestCache;
import org.muster.storage.memory.MemoryStorage;

/** What is kept of what was sent is what would be sent. */
class RenderingsTest {
  private final StorageProvider store = new MemoryStorage(Clock.systemUTC());
  private final StorageProvider cached =
      new CachedStorage(
          store, TestCache.heap(), CachedStorage.Mode.INVALIDATE, Transactions.NONE, () -> 0);
  private final Directory plain = new Directory(cached);
  private final ResourceTypes types = new BuiltInResourceTypes();
  private final Resources keeping =
      new Resources(
          cached,
          cached::apply,
          types,
          new Secrets(new Directory.Reversed(), 2, Duration.ofSeconds(10)),
          new Renderings(types, true),
          Calls.UNWATCHED);

  private static String text(Representation representation) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      representation.body().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private Representation kept(RequestContext context, ResourceType type, String id) {
    keeping.get(context, type, id, Selection.DEFAULT);
    return keeping.get(context, type, id, Selection.DEFAULT);
  }

  private void assertSame(ResourceType type, String id) {
    Representation made = plain.resources.get(plain.context(), type, id, Selection.DEFAULT);
    Representation kept = kept(plain.context(), type, id);
    assertThat(text(kept)).isEqualTo(text(made));
    assertThat(kept.etag()).isEqualTo(made.etag());
    assertThat(kept.location()).isEqualTo(made.location());
    assertThat(kept.id()).isEqualTo(made.id());
  }

  @Test
  void sameBytesAndTagAsWithoutAndTheSameObjectTheNextTime() {
    String ann = plain.user("ann", "'displayName':'Ann \u00e9'");
    String boss = plain.user("boss");
    assertSame(plain.users, ann);
    assertThat(kept(plain.context(), plain.users, ann).body())
        .isInstanceOf(Representation.Bytes.class)
        .isSameAs(kept(plain.context(), plain.users, ann).body());
    assertSame(plain.users, boss);
  }

  @Test
  void membershipIsShownAtOnceAndMembersAreNeverKept() {
    String ann = plain.user("ann");
    assertSame(plain.users, ann);
    String before = text(kept(plain.context(), plain.users, ann));
    Representation group =
        plain.post(
            plain.groups,
            "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group'],'displayName':'Staff',"
                + "'members':[{'value':'"
                + ann
                + "'}]}");
    assertSame(plain.users, ann);
    assertThat(text(kept(plain.context(), plain.users, ann)))
        .isNotEqualTo(before)
        .contains("Staff");
    assertSame(plain.groups, group.id());
    assertThat(kept(plain.context(), plain.groups, group.id()).body())
        .isNotInstanceOf(Representation.Bytes.class);
  }

  @Test
  void otherHostIsShownOtherLocations() {
    String ann = plain.user("ann");
    kept(plain.context(), plain.users, ann);
    RequestContext here = plain.context();
    RequestContext there =
        new RequestContext(
            here.tenant(), here.caller(), "https://other.example/scim/v2", here.policy());
    assertThat(text(kept(there, plain.users, ann)))
        .contains("https://other.example/scim/v2/Users/" + ann)
        .doesNotContain(Directory.BASE);
    assertThat(text(kept(here, plain.users, ann))).contains(Directory.BASE);
  }

  @Test
  void selectionsAreMadeEachTime() {
    String ann = plain.user("ann", "'displayName':'Ann'");
    kept(plain.context(), plain.users, ann);
    Selection names = new Selection(List.of("displayName"), List.of());
    assertThat(text(keeping.get(plain.context(), plain.users, ann, names)))
        .contains("Ann")
        .doesNotContain("userName");
  }
}
