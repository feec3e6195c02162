package org.muster.it;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Tag;

/**
 * The base of tests over HTTP. They run twice, on H2 and on PostgreSQL, share a server and its
 * default tenant, and so make names of their own with {@link #unique}.
 */
@Tag("protocol")
public abstract class ProtocolTest {
  /** A client of /scim/v2 with the administrator's token. */
  protected final ScimClient scim = server().client();

  /** The server under test. */
  protected static Instance server() {
    return ServerUnderTest.instance();
  }

  /** A name that no other test uses. */
  protected static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().toLowerCase(Locale.ROOT);
  }

  /** The smallest user with this name. */
  protected static String user(String userName) {
    return """
    {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s"}
    """
        .formatted(userName);
  }

  /** The smallest group with this name. */
  protected static String group(String displayName) {
    return """
    {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"%s"}
    """
        .formatted(displayName);
  }
}
