package org.muster.monitor;

/** Says what calls of a provider are to be made through. */
@FunctionalInterface
public interface Watch {
  /** What calls of this provider are made through. */
  Calls over(Provider provider);
}
