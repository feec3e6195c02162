package org.muster.storage.behind.log;

import java.io.IOException;

/** Makes the files that a log is written to. */
@FunctionalInterface
interface LogFiles {
  LogFile create(String name) throws IOException;
}
