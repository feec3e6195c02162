package org.muster.scim.resource;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A resource ready to be sent.
 *
 * @param id its id
 * @param etag the opaque part of its weak entity tag, without quotes and W/
 * @param location its absolute URL
 * @param body its JSON; written outside of any transaction
 */
public record Representation(String id, String etag, String location, Body body) {

  /** JSON that can be written, once or several times, in memory that does not grow with it. */
  @FunctionalInterface
  public interface Body {
    /** Writes the JSON as UTF-8; does not close {@code out}. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** JSON as it is sent; nobody changes it. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Bytes(byte[] json) implements Body {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(json);
    }
  }
}
