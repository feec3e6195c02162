package org.muster.rest.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.config.Settings;

/** Where a request comes from, whoever says what. */
class ClientAddressTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "198.51.100.1, none, 198.51.100.1",
        "198.51.100.1, 203.0.113.1, 198.51.100.1",
        "192.0.2.1, none, 192.0.2.1",
        "192.0.2.1, 203.0.113.1, 203.0.113.1",
        "192.0.2.1, '203.0.113.9, 203.0.113.1', 203.0.113.1",
        "192.0.2.1, '203.0.113.1,192.0.2.2', 203.0.113.1",
        "192.0.2.1, '192.0.2.2', 192.0.2.1",
        "192.0.2.1, 2001:db8::1, 2001:db8::1",
        "192.0.2.1, nonsense, 192.0.2.1",
        "192.0.2.1, '', 192.0.2.1",
        "192.0.2.1, '203.0.113.1, unknown', 192.0.2.1"
      })
  void proxyThatIsTrustedSaysWhoItServes(String peer, String forwarded, String client) {
    assertThat(address("192.0.2.1, 192.0.2.2").of(request(peer, forwarded))).isEqualTo(client);
  }

  @Test
  void withoutATrustedProxyThePeerCounts() {
    assertThat(address("").of(request("192.0.2.1", "203.0.113.1"))).isEqualTo("192.0.2.1");
  }

  @Test
  void badProxyStopsTheStart() {
    assertThatThrownBy(() -> address("proxy.example.com"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("muster.limits.trusted-proxies=proxy.example.com");
  }

  private static ClientAddress address(String proxies) {
    return new ClientAddress(new Settings(key -> Optional.of(proxies)));
  }

  private static HttpServletRequest request(String peer, @Nullable String forwarded) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ClientAddressTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                method.getName().equals("getRemoteAddr") ? peer : forwarded);
  }
}
