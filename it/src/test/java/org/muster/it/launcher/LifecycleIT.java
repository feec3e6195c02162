package org.muster.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.muster.it.Instance;
import org.muster.it.ScimClient;

/** Start, stop, status, run: each of its own instance and of no other. */
@Tag("launcher")
class LifecycleIT {
  private static final Pattern TOKEN = Pattern.compile("shown this once: (\\S+)");
  private static final Pattern SECONDS = Pattern.compile("answers after (\\d+) s");

  @Test
  void firstStartShowsATokenOnceAndDataOutlivesTheServer() {
    try (Instance instance = Instance.fresh("first").with("MUSTER_ADMIN_TOKEN", "")) {
      Matcher shown = TOKEN.matcher(instance.start().output());
      assertThat(shown.find()).isTrue();
      assertThat(instance.data().resolve("initial-admin-token")).doesNotExist();
      ScimClient scim = instance.client().as(shown.group(1));
      String id =
          scim.post(
                  "/Users",
                  "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"ann\"}")
              .expect(201)
              .id();

      instance.stop();
      assertThat(instance.launcher("status").exit()).isEqualTo(3);
      String again = instance.start().output();

      assertThat(TOKEN.matcher(again).find()).isFalse();
      assertThat(secondsOf(again)).as("seconds of the second start").isLessThan(60);
      assertThat(instance.launcher("status").exit()).isZero();
      assertThat(scim.get("/Users/" + id).expect(200).json().path("userName").asText())
          .isEqualTo("ann");
    }
  }

  @Test
  void stopEndsItsOwnInstanceOnly() throws Exception {
    Process bystander = new ProcessBuilder("sleep", "600").start();
    try (Instance kept = Instance.fresh("kept");
        Instance ended = Instance.fresh("ended")) {
      kept.start();
      ended.start();
      assertThat(ended.launcher("start").output()).contains("already running");

      ended.stop();
      Files.writeString(ended.data().resolve("server.pid"), bystander.pid() + "\n");
      assertThat(ended.stop().output()).contains("not running");

      assertThat(bystander.isAlive()).isTrue();
      assertThat(kept.launcher("status").exit()).isZero();
      kept.client().get("/ServiceProviderConfig").expect(200);
    } finally {
      bystander.destroy();
    }
  }

  @Test
  void foregroundRunEndsItsServerOnASignal() throws Exception {
    try (Instance instance = Instance.fresh("run")) {
      Process run = instance.foreground();
      instance.awaitStatus();
      ProcessHandle server = instance.process().orElseThrow();
      run.destroy();
      assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(server.isAlive()).isFalse();
    }
  }

  @Test
  void nothingInTheDataFolderIsForOthersAndNoSecretIsInIt() throws IOException {
    try (Instance instance = Instance.fresh("secrets").with("MUSTER_DB_PASSWORD", "s3cr3t-word")) {
      instance.start();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(instance.data())))
          .isEqualTo("rwx------");
      for (Path file : instance.files("server/config", "server/logs")) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("s3cr3t-word")
            .doesNotContain(instance.token());
      }
      String arguments =
          Files.readString(Path.of("/proc/" + instance.process().orElseThrow().pid() + "/cmdline"));
      assertThat(arguments).doesNotContain("s3cr3t-word").doesNotContain(instance.token());
    }
  }

  /** What the server misses in its configuration it makes in racing threads, and may not start. */
  @Test
  void serverFindsItsWholeConfigurationAndCallsNobody() throws IOException {
    try (Instance instance = Instance.fresh("configuration")) {
      instance.start();
      String used = Files.readString(instance.data().resolve("server/config/domain.xml"));
      assertThat(used).containsPattern("<phone-home-runtime-configuration[^>]* enabled=\"false\"");
      assertThat(elements(used))
          .containsAll(List.of("application", "application-ref"))
          .isSubsetOf(
              Stream.concat(
                      elements(Files.readString(Path.of("../ear/src/main/server/domain.xml")))
                          .stream(),
                      Stream.of("application", "application-ref", "module", "engine"))
                  .collect(Collectors.toSet()));
    }
  }

  private static Set<String> elements(String xml) {
    return Pattern.compile("<([a-z][a-z-]*)")
        .matcher(xml)
        .results()
        .map(element -> element.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void auditExportIsVerifiedWithoutAServer() throws IOException {
    try (Instance instance = Instance.fresh("audit")) {
      instance.start();
      for (String name : List.of("ann", "bob")) {
        instance
            .client()
            .post(
                "/Users",
                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\""
                    + name
                    + "\"}")
            .expect(201);
      }
      String export =
          new ScimClient(instance.url(), instance.token())
              .get("/admin/v1/tenants/default/audit")
              .expect(200)
              .text();
      instance.stop();
      Path whole = Files.writeString(instance.data().resolve("whole.ndjson"), export);
      Path forged =
          Files.writeString(
              instance.data().resolve("forged.ndjson"), export.replace("\"bob\"", "\"bot\""));
      Instance.Run verified = instance.launcher("verify", whole.toString());
      assertThat(verified.exit()).as(verified.output()).isZero();
      assertThat(verified.output()).contains("2 events of default, root ");
      Instance.Run refused = instance.launcher("verify", forged.toString());
      assertThat(refused.exit()).as(refused.output()).isEqualTo(1);
      assertThat(refused.output()).contains("forged.ndjson: line 5: the part that ends here");
    }
  }

  private static int secondsOf(String output) {
    Matcher seconds = SECONDS.matcher(output);
    assertThat(seconds.find()).as(output).isTrue();
    return Integer.parseInt(seconds.group(1));
  }
}
