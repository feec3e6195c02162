package org.muster.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.it.Instance;
import org.muster.it.Postgres;

/** A start that can't work says what to do, and leaves nothing behind. */
@Tag("launcher")
class RefusalsIT {

  @Test
  void takenPortIsNamedWithAnotherToTry() throws IOException {
    Instance instance = Instance.fresh("port");
    try (ServerSocket other =
        new ServerSocket(instance.port(), 8, InetAddress.getLoopbackAddress())) {
      Instance.Run run = instance.launcher("start");
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.output())
          .contains("Port " + other.getLocalPort() + " is taken")
          .contains("MUSTER_PORT=" + (instance.port() + 1));
    }
    assertThat(instance.process()).isEmpty();
  }

  @Test
  void databaseThatDoesNotListenIsNamed() {
    String url = "jdbc:postgresql://127.0.0.1:" + Instance.freePort() + "/muster?user=a";
    Instance instance = Instance.fresh("down").with("MUSTER_DB_URL", url);
    Instance.Run run = instance.launcher("start");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).contains("does not answer").contains("MUSTER_DB_URL");
    assertThat(instance.process()).isEmpty();
  }

  @Test
  void wrongPasswordIsSaidAndNeverShown() {
    try (Postgres postgres = Postgres.startWithPasswords()) {
      Instance instance =
          Instance.fresh("password")
              .on(postgres.create("muster"))
              .with("MUSTER_DB_PASSWORD", "mistyped-secret");
      Instance.Run run = instance.launcher("start");
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.output())
          .contains("check MUSTER_DB_USER and MUSTER_DB_PASSWORD")
          .doesNotContain("mistyped-secret");
      assertThat(instance.process()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MUSTER_PORT, 99999, 1 to 65535",
    "MUSTER_HEAP, plenty, 512m",
    "MUSTER_DB_POOL_MAX, -1, 1 to 1000",
    "MUSTER_DB_POOL_MIN, 33, MUSTER_DB_POOL_MAX",
    "MUSTER_DB_URL, jdbc:mysql://host/db, jdbc:postgresql://",
    "MUSTER_JMS, on, HOST:PORT",
    "MUSTER_JMS, embedded:0, 1 to 65535",
    "MUSTER_JMS, 'evil/host;:1', HOST:PORT",
    "JAVA_HOME, /nowhere, JDK",
  })
  void badSettingIsNamedWithWhatIsAllowed(String key, String value, String allowed) {
    Instance.Run run = Instance.fresh("setting").with(key, value).launcher("start");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).contains(key).contains(value).contains(allowed);
  }

  @Test
  void oldJavaIsRefused(@TempDir Path home) throws IOException {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        echo '    java.home = %s' >&2
        echo '    java.specification.version = 11' >&2
        """
            .formatted(home));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Instance.Run run = Instance.fresh("java").with("JAVA_HOME", home.toString()).launcher("start");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).contains("Java 11 is too old").contains("17 or later");
  }

  @Test
  void dataFolderThatIsAFileIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Instance.Run run =
        Instance.fresh("folder").with("MUSTER_DATA", file.toString()).launcher("start");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).contains(file.toString()).contains("MUSTER_DATA");
  }
}
