package org.muster.rest.listener;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What happens where the server is not the expected one; in the expected one, see the ITs. */
class ListenerWatchTest {

  @Test
  void listenersOfAnotherServerAreNotFound() {
    assertThatThrownBy(() -> Listeners.join(new RefusingProbe(), new NoUpgrade()))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void applicationStartsAndStopsAllTheSame() {
    ListenerWatch watch = new ListenerWatch();
    ServletContextEvent event = new ServletContextEvent(context());
    assertThatCode(
            () -> {
              watch.contextInitialized(event);
              watch.contextDestroyed(event);
            })
        .doesNotThrowAnyException();
  }

  private static ServletContext context() {
    Class<ServletContext> type = ServletContext.class;
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
  }
}
