package org.muster.delivery;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.muster.receiver.Kind;

/** The transports that there are, by what they serve. Thread-safe. */
public final class Transports {
  private final Map<Kind, Transport> byKind = new EnumMap<>(Kind.class);

  /** These transports; of each kind one. */
  public Transports(Collection<Transport> transports) {
    for (Transport transport : transports) {
      if (byKind.put(transport.kind(), transport) != null) {
        throw new IllegalStateException("Two transports of the kind " + transport.kind().word());
      }
    }
  }

  /** What serves a kind; empty if nothing does. */
  public Optional<Transport> of(Kind kind) {
    return Optional.ofNullable(byKind.get(kind));
  }
}
