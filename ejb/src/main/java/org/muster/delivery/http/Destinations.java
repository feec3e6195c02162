package org.muster.delivery.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.muster.scim.ScimException;

/**
 * Where events may be sent. A URL is looked at when it is stored, and its host again each time
 * before something is sent there: a name may mean another address by then. Thread-safe.
 */
public final class Destinations {
  private static final int LENGTH_MOST = 2_048;
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.*]");

  private final PlainHttp plain;
  private final boolean allowPrivate;
  private final Resolver resolver;

  /** To whom plain HTTP may be spoken. */
  public enum PlainHttp {
    NEVER,
    LOCALHOST,
    ALWAYS;

    /** The word in configuration. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Rules of an installation.
   *
   * @param plain to whom plain HTTP may be spoken; who may be is no private address
   * @param allowPrivate whether addresses of networks that are not the Internet may be sent to
   */
  public Destinations(PlainHttp plain, boolean allowPrivate, Resolver resolver) {
    this.plain = plain;
    this.allowPrivate = allowPrivate;
    this.resolver = resolver;
  }

  /**
   * Refuses a URL by what it says, without looking anything up.
   *
   * @throws ScimException 400
   */
  public void check(URI url) {
    if (url.toString().length() > LENGTH_MOST
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawFragment() != null
        || url.getPort() == 0
        || url.getPort() > 0xffff) {
      throw refused(
          "must be an absolute URL of at most 2048 characters, without user and fragment");
    }
    boolean isPlain = "http".equalsIgnoreCase(url.getScheme());
    if (!isPlain && !"https".equalsIgnoreCase(url.getScheme())) {
      throw refused("must be an https URL");
    }
    if (isPlain && !isPlainAllowed(url.getHost())) {
      throw refused("must be an https URL; muster.delivery.allow-http says where http may be");
    }
    if (LITERAL.matcher(url.getHost()).matches()) {
      requireAllowedLiteral(url);
    }
  }

  private void requireAllowedLiteral(URI url) {
    try {
      requireAllowed(url, InetAddress.getByName(url.getHost()));
    } catch (IOException e) {
      throw refused("is at an address that events may not be sent to");
    }
  }

  /**
   * Looks up the host, and refuses it if one of its addresses is not allowed.
   *
   * @throws IOException if it has none, or one that nothing may be sent to
   */
  public void requireReachable(URI url) throws IOException {
    for (InetAddress address : resolver.addresses(url.getHost())) {
      requireAllowed(url, address);
    }
  }

  private void requireAllowed(URI url, InetAddress address) throws IOException {
    boolean isSpelledLocal =
        address.isLoopbackAddress()
            && "http".equalsIgnoreCase(url.getScheme())
            && plain != PlainHttp.NEVER
            && isLoopback(url.getHost());
    if (Addresses.isForbidden(address)
        || (Addresses.isPrivate(address) && !allowPrivate && !isSpelledLocal)) {
      throw new Unsent("The address of the receiver is one that events may not be sent to", null);
    }
  }

  private boolean isPlainAllowed(String host) {
    return plain == PlainHttp.ALWAYS || (plain == PlainHttp.LOCALHOST && isLoopback(host));
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  private static ScimException refused(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, "endpoint " + detail);
  }
}
