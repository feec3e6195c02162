package org.muster.signal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.muster.receiver.ReceiverSettings.Content;

/** The events that can be told of (RFC 9967 section 2), by their URIs. */
public enum EventUri {
  /** A resource was created, with its representation (section 2.4.1). */
  CREATE_FULL("prov:create:full"),
  /** A resource was created (section 2.4.1). */
  CREATE_NOTICE("prov:create:notice"),
  /** A resource was replaced, with its representation (section 2.4.3). */
  PUT_FULL("prov:put:full"),
  /** A resource was replaced (section 2.4.3). */
  PUT_NOTICE("prov:put:notice"),
  /** A resource was changed, with a PATCH that does the same (section 2.4.2). */
  PATCH_FULL("prov:patch:full"),
  /** A resource was changed (section 2.4.2). */
  PATCH_NOTICE("prov:patch:notice"),
  /** A resource was deleted (section 2.4.4). */
  DELETE("prov:delete"),
  /** A resource became active (section 2.4.5). */
  ACTIVATE("prov:activate"),
  /** A resource is active no more (section 2.4.6). */
  DEACTIVATE("prov:deactivate"),
  /** An asynchronous request is done, or has failed (section 2.5.1.3). */
  ASYNC_RESPONSE("misc:asyncresp");

  private static final String PREFIX = "urn:ietf:params:scim:event:";

  private final String uri;

  EventUri(String name) {
    this.uri = PREFIX + name;
  }

  /** The URI. */
  public String uri() {
    return uri;
  }

  /** Whether it can be told with that much of the resource. */
  public boolean isToldWith(Content content) {
    String other = content == Content.FULL ? ":notice" : ":full";
    return !uri.endsWith(other);
  }

  /** The event of a URI; URNs of this kind are compared in any case (RFC 8141 section 3.1). */
  public static Optional<EventUri> of(String uri) {
    String lower = uri.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(each -> each.uri.equals(lower)).findFirst();
  }
}
