package org.muster.monitor;

import java.lang.System.Logger.Level;

/** Where the monitor writes what operators should read. */
@FunctionalInterface
public interface MonitorLog {
  /** Writes a line. */
  void write(Level level, String line);

  /** The log of the server. */
  static MonitorLog ofServer() {
    System.Logger logger = System.getLogger(Monitor.class.getName());
    // handed over ready-made: braces in it must not be taken for places of arguments
    return (level, line) -> logger.log(level, () -> line);
  }
}
