package org.muster.scim.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Limit;
import org.muster.scim.policy.Limits;
import org.muster.scim.policy.Policy;
import org.muster.scim.policy.Profile;
import org.muster.scim.projection.Selection;
import org.muster.security.Caller;
import org.muster.storage.memory.MemoryStorage;

/** What a tenant's own policy changes for its requests. */
class TenantPolicyTest {
  private final Directory directory = new Directory(new MemoryStorage(Clock.systemUTC()));
  private final String ann = directory.user("ann");

  @Test
  void changeWithoutIfMatchIsRefusedWhereItIsRequired() {
    RequestContext strict = context(new Policy(Profile.STANDARD, Limits.USUAL, true));
    Condition none = new Condition.None();
    assertStatus(428, () -> replace(strict, none));
    assertStatus(428, () -> patch(strict, none, 1));
    assertStatus(428, () -> directory.resources.delete(strict, directory.users, ann, none));
    assertStatus(428, () -> directory.resources.delete(strict, directory.users, "nobody", none));
    replace(strict, new Condition.Star());
    String etag = directory.representation(directory.users, ann).etag();
    directory.resources.delete(strict, directory.users, ann, new Condition.Tags(List.of(etag)));
  }

  @Test
  void patchHasAsManyOperationsAsTheTenantMay() {
    RequestContext two =
        context(
            new Policy(Profile.STANDARD, new Limits(Map.of(Limit.PATCH_OPERATIONS, 2L)), false));
    patch(two, new Condition.None(), 2);
    assertStatus(413, () -> patch(two, new Condition.None(), 3));
  }

  @Test
  void filtersInPatchPathsAreWithinTheLimitsOfTheTenant() {
    RequestContext two =
        context(new Policy(Profile.STANDARD, new Limits(Map.of(Limit.FILTER_DEPTH, 2L)), false));
    String remove = "{'op':'remove','path':'emails[%s]'}";
    assertStatus(400, () -> patch(two, remove.formatted("((type pr))")));
    ScimException noTarget =
        catchThrowableOfType(ScimException.class, () -> patch(two, remove.formatted("(type pr)")));
    assertThat(noTarget.type()).contains(ScimException.Type.NO_TARGET);
    assertThat(
            catchThrowableOfType(
                    ScimException.class, () -> patch(two, remove.formatted("((type pr))")))
                .type())
        .contains(ScimException.Type.INVALID_FILTER);
  }

  private void replace(RequestContext context, Condition ifMatch) {
    directory.resources.replace(
        context,
        directory.users,
        ann,
        ifMatch,
        Directory.json(Directory.userBody("ann")),
        Selection.DEFAULT);
  }

  private void patch(RequestContext context, Condition ifMatch, int operations) {
    String operation = "{'op':'replace','path':'title','value':'x'}";
    patch(context, ifMatch, String.join(",", Collections.nCopies(operations, operation)));
  }

  private void patch(RequestContext context, String operations) {
    patch(context, new Condition.None(), operations);
  }

  private void patch(RequestContext context, Condition ifMatch, String operations) {
    String body =
        "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':["
            + operations
            + "]}";
    directory.resources.patch(
        context, directory.users, ann, ifMatch, Directory.json(body), Selection.DEFAULT);
  }

  private static RequestContext context(Policy policy) {
    return new RequestContext(
        TenantId.DEFAULT,
        new Caller("t", TenantId.DEFAULT, Optional.empty(), Set.of()),
        Directory.BASE,
        policy);
  }

  private static void assertStatus(int status, ThrowingCallable call) {
    ScimException refused = catchThrowableOfType(ScimException.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.status()).as(refused.getMessage()).isEqualTo(status);
  }
}
