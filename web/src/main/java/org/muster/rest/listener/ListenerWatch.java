package org.muster.rest.listener;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Has malformed requests refused at the server's listeners as long as the application is there.
 * Names no class of the server, so that it can be loaded where there are none.
 */
@WebListener
public class ListenerWatch implements ServletContextListener {
  private static final Logger LOG = System.getLogger(ListenerWatch.class.getName());

  private Listeners.@Nullable Removal removal;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      removal = Listeners.join(new RefusingProbe(), new NoUpgrade());
      ClientFaults.hide();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.log(
          Level.WARNING,
          "The HTTP listeners are not as expected; the server answers malformed requests itself",
          e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (removal == null) {
      return;
    }
    try {
      ClientFaults.show();
      removal.run();
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.WARNING, "The HTTP listeners still refer to the application", e);
    }
  }
}
