package org.muster.kernel;

import java.util.Optional;

/**
 * Where a change comes from; kept with it. Texts are cut to 512 characters, and what can't be
 * stored in them is replaced, so that no header can make a write fail.
 *
 * @param actor who did it: the id of a token or a subject, or {@code system}
 * @param client what acted for the actor, for instance the name of a token
 * @param userAgent the User-Agent of the request (RFC 9110 section 10.1.5)
 * @param requestId names the request in logs
 * @param address the network address that the request came from
 */
public record Origin(
    String actor,
    Optional<String> client,
    Optional<String> userAgent,
    Optional<String> requestId,
    Optional<String> address) {
  /** The server itself, for instance a timer. */
  public static final Origin SYSTEM = of("system");

  private static final int LENGTH = 512;

  public Origin {
    actor = storable(actor);
    client = client.map(Origin::storable);
    userAgent = userAgent.map(Origin::storable);
    requestId = requestId.map(Origin::storable);
    address = address.map(Origin::storable);
  }

  /** An actor of whom nothing else is known. */
  public static Origin of(String actor) {
    return new Origin(
        actor, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static String storable(String text) {
    String cut = Folding.beginning(text, LENGTH);
    return Folding.isStorable(cut)
        ? cut
        : cut.codePoints()
            .map(c -> c == 0 || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }
}
