package org.muster.scim.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes spools in a folder; what a killed process has left there is removed first. */
public final class Spools {
  private final Path folder;

  /** The spools of a folder, which is made if it is not there. */
  public Spools(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + Spool.SUFFIX)) {
        for (Path file : left) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          folder + " can't be used; set muster.data to a folder that can be written", e);
    }
  }

  Spool spool() {
    return new Spool(folder);
  }
}
