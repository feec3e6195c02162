package org.muster.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** What Redis does in one atomic step; each lies beside this class as a file. */
enum Script {
  /** Writes a cell if the slot is as demanded. */
  WRITE(ScriptOutputType.VALUE),
  /** Replaces a cell that can't be read. */
  REPLACE(ScriptOutputType.VALUE),
  /** Looks at the header of a cell. */
  LOOK(ScriptOutputType.MULTI),
  /** Renews the idle time of an entry. */
  TOUCH(ScriptOutputType.VALUE),
  /** Finds the generation of a space, or gives it one. */
  OPEN(ScriptOutputType.MULTI),
  /** Gives a space another generation. */
  RENEW(ScriptOutputType.VALUE),
  /** Removes some of the entries of a generation. */
  SWEEP(ScriptOutputType.MULTI),
  /** Lists some keys, and forgets those of entries that are gone. */
  LIST(ScriptOutputType.MULTI),
  /** Counts entries, and weighs some. */
  WEIGH(ScriptOutputType.MULTI);

  private final ScriptOutputType output;
  private final String text;
  private final String digest;

  Script(ScriptOutputType output) {
    this.output = output;
    this.text = read(name().toLowerCase(Locale.ROOT) + ".lua");
    this.digest = digest(text);
  }

  private static String read(String file) {
    try (InputStream in = Script.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("There is no " + file);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Redis names scripts by their SHA-1.
  private static String digest(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  ScriptOutputType output() {
    return output;
  }

  String text() {
    return text;
  }

  String digest() {
    return digest;
  }
}
