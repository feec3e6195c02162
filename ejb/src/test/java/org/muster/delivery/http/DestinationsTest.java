package org.muster.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.delivery.http.Destinations.PlainHttp;
import org.muster.scim.ScimException;

class DestinationsTest {
  private final List<String> addresses = new ArrayList<>();
  private final Destinations usual = of(PlainHttp.LOCALHOST, false);

  private Destinations of(PlainHttp plain, boolean allowPrivate) {
    return new Destinations(plain, allowPrivate, host -> resolved());
  }

  private List<InetAddress> resolved() throws UnknownHostException {
    List<InetAddress> found = new ArrayList<>();
    for (String address : addresses) {
      found.add(InetAddress.getByName(address));
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/hook?a=b",
        "HTTPS://example.com",
        "https://93.184.215.14:8443/",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        "http://localhost:9000/hook",
        "http://127.0.0.1:9000/",
        "http://[::1]:9000/"
      })
  void urlIsAllowed(String url) {
    assertThatCode(() -> usual.check(URI.create(url))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "/hook",
        "mailto:a@example.com",
        "https:///hook",
        "https://user:secret@example.com/",
        "https://user@example.com/",
        "https://example.com/#fragment",
        "https://example.com:0/",
        "https://example.com:70000/",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://192.168.1.1/",
        "https://172.20.0.1/",
        "https://100.64.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.100.100.200/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://[::1]/",
        "https://[::]/",
        "https://[fe80::1]/",
        "https://[fd00:ec2::254]/",
        "https://[fd12:3456::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://[::10.0.0.1]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[2002:a9fe:a9fe::1]/",
        "https://[2002:7f00:1::1]/",
        "http://localhost.example.com/",
        "http://127.0.0.1.example.com/"
      })
  void urlIsRefused(String url) {
    assertThatThrownBy(() -> usual.check(URI.create(url)))
        .isInstanceOf(ScimException.class)
        .hasMessageStartingWith("endpoint ");
  }

  @Test
  void urlThatIsTooLongIsRefused() {
    URI url = URI.create("https://example.com/" + "a".repeat(2_048));
    assertThatThrownBy(() -> usual.check(url)).isInstanceOf(ScimException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "::1",
        "fd00::1",
        "0.0.0.0"
      })
  void nameThatMeansAnInnerAddressIsRefusedWhenItIsUsed(String address) {
    addresses.add("93.184.215.14");
    addresses.add(address);
    URI url = URI.create("https://rebound.example.com/");
    assertThatCode(() -> usual.check(url)).doesNotThrowAnyException();
    assertThatThrownBy(() -> usual.requireReachable(url))
        .isInstanceOf(IOException.class)
        .hasMessage("The address of the receiver is one that events may not be sent to");
  }

  @Test
  void localNameIsForPlainHttpAlone() {
    addresses.add("127.0.0.1");
    assertThatCode(() -> usual.requireReachable(URI.create("http://localhost:1/")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> usual.requireReachable(URI.create("https://localhost:1/")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> of(PlainHttp.NEVER, false).check(URI.create("http://localhost:1/")))
        .isInstanceOf(ScimException.class);
  }

  @Test
  void privateNetworkIsAllowedIfThatIsConfiguredButNeverMetadata() {
    Destinations open = of(PlainHttp.ALWAYS, true);
    assertThatCode(() -> open.check(URI.create("http://10.0.0.1/"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> open.check(URI.create("http://169.254.169.254/")))
        .isInstanceOf(ScimException.class);
    addresses.add("169.254.1.1");
    assertThatThrownBy(() -> open.requireReachable(URI.create("http://inner.example/")))
        .isInstanceOf(IOException.class);
    addresses.set(0, "10.0.0.1");
    assertThatCode(() -> open.requireReachable(URI.create("http://inner.example/")))
        .doesNotThrowAnyException();
  }

  @Test
  void publicAddressesAreNeitherForbiddenNorPrivate() throws IOException {
    for (String text :
        List.of("8.8.8.8", "2a00:1450:4001:82a::200e", "172.32.0.1", "100.128.0.1")) {
      InetAddress address = InetAddress.getByName(text);
      assertThat(Addresses.isForbidden(address)).as(text).isFalse();
      assertThat(Addresses.isPrivate(address)).as(text).isFalse();
    }
  }
}
