package org.muster.it;

import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * The server that the protocol tests of this run share, started when the first of them asks, ended
 * with the run. The system property {@code muster.it.server} says what it stores in: {@code h2}
 * (the default) or {@code postgresql}.
 */
public final class ServerUnderTest implements LauncherSessionListener {
  private static @Nullable Instance instance;
  private static @Nullable Postgres postgres;

  /** The running server. */
  public static synchronized Instance instance() {
    if (instance == null) {
      String kind = System.getProperty("muster.it.server", "h2");
      Instance fresh = Instance.fresh(kind);
      if (kind.equals("postgresql")) {
        postgres = Postgres.start();
        fresh.on(postgres.create("muster"));
      }
      fresh.start();
      instance = fresh;
    }
    return instance;
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    close();
  }

  private static synchronized void close() {
    if (instance != null) {
      instance.close();
    }
    if (postgres != null) {
      postgres.close();
    }
    instance = null;
    postgres = null;
  }
}
