package org.muster.rest.scim;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.muster.rest.request.EntityTags;
import org.muster.scim.resource.Condition;
import org.muster.scim.resource.Representation;

/** Makes responses of representations. */
final class Answers {
  static final MediaType SCIM_JSON = new MediaType("application", "scim+json");
  private static final int IN_MEMORY_MOST = 64 * 1024;
  private static final int USUAL = 4 * 1024;

  private Answers() {}

  /** 200 with a resource. */
  static Response ok(Representation found) throws IOException {
    return body(Response.ok(), found.body()).header("ETag", EntityTags.weak(found.etag())).build();
  }

  /** 200 with a resource, or 304 if If-None-Match names it (RFC 9110 section 13.1.2). */
  static Response found(HttpServletRequest request, Representation found) throws IOException {
    Condition ifNoneMatch =
        EntityTags.parse("If-None-Match", HeaderValues.joined(request, "If-None-Match"));
    return EntityTags.isModified(ifNoneMatch, found.etag()) ? ok(found) : notModified(found.etag());
  }

  /** 201 with a resource. */
  static Response created(Representation made) throws IOException {
    return body(Response.status(201), made.body())
        .header("ETag", EntityTags.weak(made.etag()))
        .header("Location", URI.create(made.location()))
        .build();
  }

  /** 204 with the tag of a changed resource. */
  static Response changed(Representation changed) {
    return Response.noContent()
        .header("ETag", EntityTags.weak(changed.etag()))
        .header("Cache-Control", "private, no-cache")
        .build();
  }

  private static Response notModified(String etag) {
    return Response.notModified()
        .header("ETag", EntityTags.weak(etag))
        .header("Cache-Control", "private, no-cache")
        .build();
  }

  /** 200 with a list. */
  static Response list(Representation.Body list) throws IOException {
    return body(Response.ok(), list).build();
  }

  /**
   * A small body as bytes, so that it has a length and that what fails while it is written becomes
   * a proper error; a large one as a stream.
   */
  private static Response.ResponseBuilder body(
      Response.ResponseBuilder response, Representation.Body body) throws IOException {
    // What a client keeps it must ask for again: access may have ended.
    return response
        .entity(entity(body))
        .type(SCIM_JSON)
        .header("Cache-Control", "private, no-cache");
  }

  private static Object entity(Representation.Body body) throws IOException {
    Start start = new Start();
    try {
      body.writeTo(start);
      return start.toByteArray();
    } catch (Start.Full e) {
      StreamingOutput stream = body::writeTo; // from its beginning
      return stream;
    }
  }

  /** The start of a body, up to a limit. */
  private static final class Start extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL);

    @Override
    public void write(int b) throws IOException {
      require(1);
      bytes.write(b);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      require(length);
      bytes.write(source, offset, length);
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }

    private void require(int more) throws IOException {
      if (bytes.size() + more > IN_MEMORY_MOST) {
        throw new Full();
      }
    }

    /** The body is longer than the limit. */
    private static final class Full extends IOException {
      private static final long serialVersionUID = 1L;

      @Override
      public synchronized Throwable fillInStackTrace() {
        return this;
      }
    }
  }
}
