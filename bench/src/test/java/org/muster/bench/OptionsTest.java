package org.muster.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void defaultsAreTheFullRun() {
    Options options = Options.parse(List.of(), "secret");

    assertThat(options.users()).isEqualTo(100_000);
    assertThat(options.tenants()).isEqualTo(1000);
    assertThat(options.connections()).isEqualTo(16);
    assertThat(options.warmUp()).isEqualTo(Duration.ofSeconds(60));
    assertThat(options.measured()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.runs("anything")).isTrue();
  }

  @Test
  void optionsAreTaken() {
    Options options =
        Options.parse(List.of("--users", "2000", "--only", "get,list", "--seconds", "5"), "x");

    assertThat(options.users()).isEqualTo(2000);
    assertThat(options.measured()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.runs("list")).isTrue();
    assertThat(options.runs("scan")).isFalse();
  }

  @Test
  void wrongOptionsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--user", "1"), "x"))
        .withMessageContaining("--user;")
        .withMessageContaining("users=100000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--users"), "x"))
        .withMessageContaining("needs a value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--users", "many"), "x"))
        .withMessageContaining("--users is a whole number from 2000 to 10000000, not 'many'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--seconds", "0"), "x"))
        .withMessageContaining("from 1 to 3600");
  }

  @Test
  void tokenIsNeeded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of(), null))
        .withMessageContaining("MUSTER_ADMIN_TOKEN");
  }
}
