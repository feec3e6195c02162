package org.muster.rest.error;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBException;
import jakarta.ejb.EJBTransactionRolledbackException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.rest.exchange.Target.Area;
import org.muster.scim.ScimException;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/** What clients are told of failures. */
class FailuresTest {

  @Test
  void scimFailuresKeepStatusTypeAndDetail() {
    Failure failure = Failures.of(ScimException.notUnique("userName"), "r1");
    assertThat(failure.status()).isEqualTo(409);
    assertThat(failure.scimType()).contains("uniqueness");
    assertThat(failure.detail()).contains("userName");
  }

  @Test
  void wrappingOfTheContainerIsLookedThrough() {
    Exception inner = ScimException.preconditionFailed();
    assertThat(Failures.of(new EJBException(inner), "r1").status()).isEqualTo(412);
    assertThat(
            Failures.of(new EJBTransactionRolledbackException("x", new EJBException(inner)), "r1")
                .status())
        .isEqualTo(412);
  }

  @Test
  void unexpectedFailuresShowAnIdAndNothingElse() {
    Failure failure = Failures.of(new IllegalStateException("select * from secret"), "r1");
    assertThat(failure.status()).isEqualTo(500);
    assertThat(failure.detail()).contains("r1").doesNotContain("select", "java");
  }

  @Test
  void unreachableStorageAsksForAnotherTry() {
    Failure failure = Failures.of(new StorageException.Unavailable("jdbc:x", null), "r1");
    assertThat(failure.status()).isEqualTo(503);
    assertThat(failure.headers()).containsKey("Retry-After");
    assertThat(failure.detail()).doesNotContain("jdbc");
  }

  @Test
  void storageFailuresHaveAStatusOfTheirOwn() {
    assertThat(Failures.of(new StorageException.TooLarge("x"), "r").status()).isEqualTo(413);
    assertThat(Failures.of(new StorageException.Unsupported("x"), "r").status()).isEqualTo(501);
    assertThat(Failures.of(new StorageException.NotUnique("a"), "r").status()).isEqualTo(409);
    assertThat(Failures.of(new StorageException.Corrupt("x"), "r").status()).isEqualTo(500);
    StorageKey erased = new StorageKey(TenantId.DEFAULT, "User", "a");
    assertThat(Failures.of(new StorageException.Erased(erased), "r").status()).isEqualTo(409);
  }

  @Test
  void causesInACircleEnd() {
    Exception first = new Exception("a");
    first.initCause(new Exception("b", first));
    assertThat(Failures.of(first, "r1").status()).isEqualTo(500);
  }

  @Test
  void scimErrorsHaveTheirStatusAsText() {
    Failure failure = new Failure(400, Optional.of("invalidValue"), "no", Map.of());
    assertThat(ErrorBody.of(failure, Area.SCIM, "r1").json())
        .isEqualTo(
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"400\","
                + "\"scimType\":\"invalidValue\",\"detail\":\"no\"}");
  }

  @Test
  void problemsHaveTheirStatusAsNumber() {
    ErrorBody body = ErrorBody.of(new Failure(404, "no"), Area.PROTECTED, "r1");
    assertThat(body.mediaType()).isEqualTo("application/problem+json");
    assertThat(body.json())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"no\","
                + "\"requestId\":\"r1\"}");
  }
}
