package org.muster.rest.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.rest.error.Failure;

class RouteTest {
  private static final HttpServletRequest REQUEST =
      (HttpServletRequest)
          Proxy.newProxyInstance(
              RouteTest.class.getClassLoader(),
              new Class<?>[] {HttpServletRequest.class},
              (proxy, method, arguments) -> {
                throw new AssertionError("Nobody looks at " + method.getName());
              });
  private static final Route.Handler NOTHING = request -> Answer.of(204);

  @Test
  void headIsAllowedWhereGetIs() {
    Route route = new Route().on(Method.GET, NOTHING).on(Method.PUT, NOTHING);
    assertThat(route.allows(Method.HEAD)).isTrue();
    assertThat(route.allows(Method.POST)).isFalse();
    assertThat(route.allowed()).isEqualTo("GET, HEAD, PUT, OPTIONS");
    assertThat(new Route().on(Method.POST, NOTHING).allowed()).isEqualTo("POST, OPTIONS");
  }

  @Test
  void headIsAnsweredByGet() throws IOException {
    Route route = new Route().on(Method.GET, NOTHING);
    assertThat(route.allows(Method.POST)).isFalse();
    assertThat(route.answer(Method.HEAD, REQUEST).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "BREW", "PROPFIND"})
  void unknownMethodIsNotImplemented(String name) {
    assertThatThrownBy(() -> Method.of(name))
        .isInstanceOfSatisfying(
            Failure.Refusal.class,
            refused -> assertThat(refused.failure().status()).isEqualTo(501));
  }

  @Test
  void traceIsKnownAndNotAllowed() {
    Route route = new Route().on(Method.GET, NOTHING);
    assertThat(route.allows(Method.of("TRACE"))).isFalse();
    assertThat(route.allowed()).doesNotContain("TRACE");
  }
}
