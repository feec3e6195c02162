package org.muster.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server is known to hold: lines of name, tab, id in a file that is only appended to. A
 * line that a crash cut off is dropped.
 */
public final class Ledger implements Closeable {
  private final Map<String, String> ids = new HashMap<>();
  private final Writer writer;

  public Ledger(Path file) throws IOException {
    if (Files.exists(file)) {
      String text = Files.readString(file);
      text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(this::read);
      Files.writeString(file, text.substring(0, text.lastIndexOf('\n') + 1));
    }
    this.writer =
        Files.newBufferedWriter(
            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void read(String line) {
    int tab = line.indexOf('\t');
    ids.put(line.substring(0, tab), line.substring(tab + 1));
  }

  public @Nullable String id(String name) {
    return ids.get(name);
  }

  /** The id of what must have been loaded. */
  public String mustHave(String name) {
    String id = ids.get(name);
    if (id == null) {
      throw new IllegalStateException("Not loaded: " + name);
    }
    return id;
  }

  public boolean isEmpty() {
    return ids.isEmpty();
  }

  public void add(String name, String id) {
    ids.put(name, id);
    try {
      writer.write(name + "\t" + id + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void flush() throws IOException {
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
