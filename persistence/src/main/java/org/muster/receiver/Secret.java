package org.muster.receiver;

/**
 * What only the receiver knows besides; never in a log.
 *
 * @param text as the receiver writes it, for instance {@code whsec_…}
 */
public record Secret(String text) {
  @Override
  public String toString() {
    return "Secret[…]";
  }
}
