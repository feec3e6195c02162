package org.muster.rest.listener;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.HttpProbe;

/**
 * The server's HTTP listeners, but for that of the administration. The server keeps them to itself,
 * and its classes are not published, so this is reflection.
 */
final class Listeners {
  private static final String ADMINISTRATION = "admin-listener";

  /**
   * How long the next part of a body may take; from the launcher. The server's own setting does not
   * reach who reads a body to its end, for whom the transport's 30 seconds hold.
   */
  private static final long UPLOAD_MILLIS = Long.getLong("org.muster.upload-millis", 60_000);

  private Listeners() {}

  /** Undoes what was done; knows no class of the server. */
  interface Removal {
    void run() throws ReflectiveOperationException;
  }

  /**
   * Has a probe watch every HTTP codec, and a filter stand behind all others.
   *
   * @throws ReflectiveOperationException if the server is built in another way; nothing was done
   */
  static Removal join(HttpProbe probe, Filter last) throws ReflectiveOperationException {
    List<FilterChain> chains = chains();
    if (chains.stream()
        .noneMatch(chain -> chain.stream().anyMatch(HttpCodecFilter.class::isInstance))) {
      throw new NoSuchElementException("There is no HTTP listener");
    }
    for (FilterChain chain : chains) {
      eachCodec(chain, codec -> codec.getMonitoringConfig().addProbes(probe));
      // At the end of the chain, where requests under way do not see it.
      chain.add(last);
    }
    return () -> leave(probe, last);
  }

  /** Looks for the listeners again: the server hands probes on when it restarts one. */
  private static void leave(HttpProbe probe, Filter last) throws ReflectiveOperationException {
    for (FilterChain chain : chains()) {
      chain.remove(last);
      eachCodec(chain, codec -> codec.getMonitoringConfig().removeProbes(probe));
    }
  }

  private static void eachCodec(FilterChain chain, Consumer<HttpCodecFilter> action) {
    for (Filter filter : chain) {
      if (filter instanceof HttpCodecFilter codec) {
        action.accept(codec);
      }
    }
  }

  private static List<FilterChain> chains() throws ReflectiveOperationException {
    Class<?> type = Class.forName("com.sun.enterprise.v3.services.impl.GrizzlyService");
    Object service =
        Class.forName("org.glassfish.internal.api.Globals")
            .getMethod("get", Class.class)
            .invoke(null, type);
    Field proxies = type.getDeclaredField("proxies");
    proxies.setAccessible(true);
    List<FilterChain> chains = new ArrayList<>();
    for (Object proxy : (Collection<?>) proxies.get(service)) {
      Object listener = call(proxy, "getUnderlyingListener");
      if (!ADMINISTRATION.equals(call(listener, "getName"))) {
        Transport transport = (Transport) call(listener, "getTransport");
        transport.setReadTimeout(UPLOAD_MILLIS, TimeUnit.MILLISECONDS);
        chains.add((FilterChain) transport.getProcessor());
      }
    }
    return chains;
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }
}
