package org.muster.it;

import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * The server that the tests of this run share, ended with the run. The system property {@code
 * muster.it.server} says what it stores in: {@code h2} (the default) or {@code postgresql}; such a
 * server is started when the first test asks for it. {@code container} is a server without the
 * application, into which Arquillian deploys, and which is there before the first test.
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
      if (kind.equals("container")) {
        String port = Integer.toString(Instance.freePort());
        System.setProperty("muster.it.admin.port", port); // arquillian.xml asks for it
        fresh.with("MUSTER_ADMIN_PORT", port).with("MUSTER_DEPLOY", "false");
      }
      fresh.start();
      instance = fresh;
    }
    return instance;
  }

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if ("container".equals(System.getProperty("muster.it.server"))) {
      instance();
    }
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
