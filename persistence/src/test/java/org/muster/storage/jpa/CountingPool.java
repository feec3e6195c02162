package org.muster.storage.jpa;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Keeps connections open for reuse, and notes the statements that the calling thread executes. */
final class CountingPool implements DataSource {
  private final DataSource delegate;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

  @SuppressWarnings("ThreadLocalUsage") // each pool counts for itself
  private final ThreadLocal<List<String>> executed = ThreadLocal.withInitial(ArrayList::new);

  CountingPool(DataSource delegate) {
    this.delegate = delegate;
  }

  /** What this thread has executed since it asked last. */
  List<String> takeExecuted() {
    List<String> statements = List.copyOf(executed.get());
    executed.get().clear();
    return statements;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection pooled = idle.poll();
    Connection physical = pooled != null ? pooled : delegate.getConnection();
    AtomicBoolean open = new AtomicBoolean(true);
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> onConnection(physical, open, method, arguments));
  }

  private @Nullable Object onConnection(
      Connection physical, AtomicBoolean open, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("close")) {
      if (!open.getAndSet(false)) {
        return null;
      }
      if (!physical.getAutoCommit()) {
        physical.rollback();
        physical.setAutoCommit(true);
      }
      idle.push(physical);
      return null;
    }
    Object result = invoke(physical, method, arguments);
    if (result instanceof PreparedStatement statement && arguments != null) {
      return proxy(PreparedStatement.class, statement, (String) arguments[0]);
    }
    return result instanceof Statement statement ? proxy(Statement.class, statement, "") : result;
  }

  private Object proxy(Class<?> type, Statement statement, String sql) {
    return Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            executed.get().add(sql.isEmpty() ? String.valueOf(arguments[0]) : sql);
          }
          return invoke(statement, method, arguments);
        });
  }

  private static @Nullable Object invoke(
      Object target, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return delegate.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    delegate.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    delegate.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return delegate.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger(CountingPool.class.getName());
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return delegate.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return delegate.isWrapperFor(type);
  }
}
