package org.muster.storage.behind.log;

import java.io.Closeable;
import java.io.IOException;

/** A file that is written at its end. For one thread at a time. */
interface LogFile extends Closeable {
  /** Appends all of it. */
  void write(byte[] bytes) throws IOException;

  /** Returns when all that was written would survive a loss of power. */
  void force() throws IOException;

  /** Cuts it to a length. */
  void truncate(long length) throws IOException;
}
