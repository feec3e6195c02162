package org.muster.event.projection;

/** Holds what a projection has made against the events. */
@FunctionalInterface
public interface Verifier {
  /** Reads all of both; as long as that takes. */
  Verification verify();
}
