package org.muster.security;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.muster.config.Settings;
import org.muster.kernel.TenantId;
import org.muster.operations.Started;

/**
 * At the first start without a configured administrator, makes a token for one and leaves its
 * secret in a file that only the owner of the process can read.
 */
@Dependent
class FirstToken {
  static final String FILE = "initial-admin-token";
  private static final Logger LOG = System.getLogger(FirstToken.class.getName());

  void onStart(@Observes Started started, Settings settings, TokenStore store) {
    if (AdminSecret.of(settings).isPresent()
        || store.anyLive(Scope.PLATFORM_ADMIN, Instant.now())) {
      return;
    }
    Path folder = Path.of(settings.text("muster.data").orElse("."));
    TokenRequest request =
        new TokenRequest(
            TenantId.DEFAULT, Set.of(Scope.values()), Optional.empty(), Optional.empty());
    // It does not end: whoever let it end would have locked everybody out.
    IssuedToken issued = IssuedToken.of(request, Optional.empty(), Instant.now());
    // The file comes first: a token without its file would lock everybody out for good.
    write(folder, issued.secret());
    store.add(issued.token(), Secret.hash(issued.secret()));
    LOG.log(
        Level.INFO,
        "The first administrator token is in {0}",
        folder.resolve(FILE).toAbsolutePath());
  }

  static void write(Path folder, String secret) {
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      Path aside = Files.createTempFile(folder, FILE, ".new"); // which nobody else can read
      try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.US_ASCII.encode(secret + "\n");
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The first administrator token cannot be written to "
              + file
              + "; set muster.data to a folder that can be written, or set muster.admin.token",
          e);
    }
  }
}
