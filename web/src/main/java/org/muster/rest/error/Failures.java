package org.muster.rest.error;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheLevelException;
import org.muster.scim.ScimException;
import org.muster.security.Tokens;
import org.muster.storage.StorageException;

/** Turns whatever was thrown into a {@link Failure}; logs what an operator has to know of, once. */
public final class Failures {
  private static final Logger LOG = System.getLogger(Failures.class.getName());
  private static final int CAUSES_MOST = 8;
  private static final Map<String, String> TRY_AGAIN = Map.of("Retry-After", "1");

  private Failures() {}

  /**
   * The failure that a client is told of.
   *
   * @param requestId what the log has it under
   */
  public static Failure of(Throwable thrown, String requestId) {
    Throwable cause = known(thrown);
    if (cause instanceof Failure.Refusal refusal) {
      return refusal.failure();
    }
    if (cause instanceof ScimException scim) {
      return scim(scim, requestId);
    }
    if (cause instanceof StorageException storage) {
      return storage(storage, requestId);
    }
    if (cause instanceof CacheLevelException) {
      return cacheUnavailable(cause, requestId);
    }
    if (cause instanceof Tokens.Refused refused) {
      return new Failure(403, String.valueOf(refused.getMessage()));
    }
    if (cause instanceof Tokens.NoSuchTenant missing) {
      return new Failure(
          400,
          Optional.of(ScimException.Type.INVALID_VALUE.keyword()),
          String.valueOf(missing.getMessage()),
          Map.of());
    }
    if (cause instanceof WebApplicationException web) {
      return web(web, requestId);
    }
    return internal(thrown, requestId);
  }

  /** What a client is refused with for whom there is no place now: 429, and again after 5 s. */
  public static Failure.Refusal busy(String detail) {
    return new Failure.Refusal(
        new Failure(429, Optional.empty(), detail, Map.of("Retry-After", "5")));
  }

  /** The failure of a bare status, as the container or JAX-RS came to it. */
  public static Failure ofStatus(int status) {
    return new Failure(
        status,
        switch (status) {
          case 400 -> "The request line or a header is malformed";
          case 404 -> "There is nothing at this path";
          case 405 -> "This method is not allowed here";
          case 406 -> "The answer is JSON, which the Accept header excludes";
          case 408 -> "The request took too long to arrive";
          case 411 -> "The request needs a Content-Length";
          case 413 -> "The body is too large";
          case 414 -> "The URL is too long";
          case 415 -> "The body must be JSON";
          case 417 -> "The Expect header asks for what this server does not do";
          case 428 -> "The request needs If-Match";
          case 429 -> "Too many requests; try again later";
          case 431 -> "The headers are too long";
          case 501 -> "The server does not know this method";
          case 503 -> "The server is busy or not ready; try again";
          case 505 -> "This server speaks HTTP/1.0 and HTTP/1.1";
          default -> status < 500 ? "The request is refused" : "The server failed";
        });
  }

  /**
   * The innermost of the causes that has a meaning; an EJB container wraps what it doesn't know.
   */
  private static Throwable known(Throwable thrown) {
    @Nullable Throwable cause = thrown;
    for (int i = 0; cause != null && i < CAUSES_MOST; i++) {
      if (cause instanceof ScimException
          || cause instanceof StorageException
          || cause instanceof CacheLevelException
          || cause instanceof Failure.Refusal
          || cause instanceof Tokens.Refused
          || cause instanceof Tokens.NoSuchTenant
          || cause instanceof WebApplicationException) {
        return cause;
      }
      cause = cause.getCause();
    }
    return thrown;
  }

  private static Failure scim(ScimException scim, String requestId) {
    if (scim.status() == 500) {
      return internal(scim, requestId);
    }
    if (scim.status() == 503) {
      LOG.log(Level.WARNING, "Request " + requestId + " was told to try again", scim);
    }
    return new Failure(
        scim.status(),
        scim.type().map(ScimException.Type::keyword),
        String.valueOf(scim.getMessage()),
        scim.status() == 503 ? TRY_AGAIN : Map.of());
  }

  private static Failure storage(StorageException storage, String requestId) {
    if (storage instanceof StorageException.Unavailable) {
      return unavailable(storage, requestId);
    }
    if (storage instanceof StorageException.Conflict) {
      return new Failure(409, "Another writer was faster; read the resource and try again");
    }
    if (storage instanceof StorageException.NotUnique taken) {
      return new Failure(
          409,
          Optional.of(ScimException.Type.UNIQUENESS.keyword()),
          "The value of " + taken.attribute() + " is taken by another resource",
          Map.of());
    }
    if (storage instanceof StorageException.Erased) {
      return new Failure(409, "A resource of this id was erased; the id can't be used again");
    }
    if (storage instanceof StorageException.TooLarge) {
      return new Failure(413, "The resource or the change is over a limit of the storage");
    }
    if (storage instanceof StorageException.Unsupported) {
      return new Failure(501, "The storage of this tenant cannot do that");
    }
    return internal(storage, requestId);
  }

  private static Failure web(WebApplicationException web, String requestId) {
    int status = web.getResponse().getStatus();
    if (status == 500) {
      return internal(web, requestId);
    }
    Failure plain = ofStatus(status);
    Map<String, String> headers = new LinkedHashMap<>();
    String allow = web.getResponse().getHeaderString(HttpHeaders.ALLOW);
    if (allow != null) {
      headers.put(HttpHeaders.ALLOW, allow);
      return new Failure(status, Optional.empty(), plain.detail() + "; what is: " + allow, headers);
    }
    return plain;
  }

  private static Failure unavailable(Throwable thrown, String requestId) {
    LOG.log(Level.WARNING, "Request " + requestId + ": the storage is unavailable", thrown);
    return new Failure(
        503,
        Optional.empty(),
        "The storage cannot be reached, and the outcome may be unknown; read, then try again",
        TRY_AGAIN);
  }

  private static Failure cacheUnavailable(Throwable thrown, String requestId) {
    LOG.log(
        Level.WARNING, "Request " + requestId + ": level 2 of the cache is unavailable", thrown);
    return new Failure(
        503,
        Optional.empty(),
        "The cache does not answer, and the outcome may be unknown; read, then try again",
        TRY_AGAIN);
  }

  private static Failure internal(Throwable thrown, String requestId) {
    LOG.log(Level.ERROR, "Request " + requestId + " failed", thrown);
    return new Failure(500, "The server failed; its log has the cause under " + requestId);
  }
}
