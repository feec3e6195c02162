package org.muster.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.muster.config.Settings;
import org.muster.directory.TestDirectory;
import org.muster.kernel.TenantId;
import org.muster.operations.Started;

/** How the first administrator comes in. */
class FirstTokenTest {
  @TempDir private Path data;
  private final MemoryTokenStore store = new MemoryTokenStore();
  private final Map<String, String> configured = new HashMap<>();

  @Test
  void firstStartLeavesAWorkingTokenThatOnlyTheOwnerCanRead() throws IOException {
    start(data.resolve("new/folder"));
    Path file = data.resolve("new/folder").resolve(FirstToken.FILE);
    String secret = Files.readString(file).strip();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(authenticator().authenticate(secret))
        .hasValueSatisfying(
            caller -> {
              assertThat(caller.tenant()).isEqualTo(TenantId.DEFAULT);
              assertThat(caller.scopes()).contains(Scope.PLATFORM_ADMIN);
            });
    try (var left = Files.list(file.getParent())) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void secondStartLeavesItAlone() throws IOException {
    start(data);
    String first = Files.readString(data.resolve(FirstToken.FILE));
    start(data);
    assertThat(data.resolve(FirstToken.FILE)).hasContent(first.strip());
    assertThat(store.page(Optional.empty(), Set.of(), Optional.empty(), 10)).hasSize(1);
  }

  @Test
  void configuredAdministratorNeedsNoFile() {
    configured.put("muster.admin.token", "correct-horse-battery");
    start(data);
    assertThat(data.resolve(FirstToken.FILE)).doesNotExist();
    assertThat(store.page(Optional.empty(), Set.of(), Optional.empty(), 10)).isEmpty();
  }

  @Test
  void folderThatCannotBeWrittenStopsTheStartAndStoresNothing() throws IOException {
    Path file = Files.createFile(data.resolve("file"));
    assertThatThrownBy(() -> start(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("muster.data");
    assertThat(store.page(Optional.empty(), Set.of(), Optional.empty(), 10)).isEmpty();
  }

  @Test
  void shortAdministratorTokenStopsTheStartAndIsNotShown() {
    configured.put("muster.admin.token", "hunter2");
    assertThatThrownBy(() -> start(data))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("muster.admin.token")
        .hasMessageNotContaining("hunter2");
  }

  private void start(Path folder) {
    configured.put("muster.data", folder.toString());
    Settings settings = new Settings(key -> Optional.ofNullable(configured.get(key)));
    new FirstToken().onStart(new Started(), settings, store);
  }

  private Authenticator authenticator() {
    return new Authenticator(
        store,
        TestDirectory.ofSystem(),
        Optional.empty(),
        Clock.systemUTC(),
        Ticker.systemTicker());
  }
}
