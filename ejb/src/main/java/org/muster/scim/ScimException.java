package org.muster.scim;

import jakarta.ejb.ApplicationException;
import java.util.Optional;

/**
 * A failure the client is told of; status and scimType as in RFC 7644 section 3.12. The message is
 * the {@code detail}: it says what to change, and shows nothing of the inside.
 */
@ApplicationException(rollback = true, inherited = true)
public final class ScimException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * The detail error keywords of RFC 7644 table 9 and RFC 9865 section 2.1, and tooLarge for what
   * is over a limit of bulk (RFC 7644 section 3.7.4).
   */
  public enum Type {
    INVALID_FILTER("invalidFilter"),
    TOO_MANY("tooMany"),
    UNIQUENESS("uniqueness"),
    MUTABILITY("mutability"),
    INVALID_SYNTAX("invalidSyntax"),
    INVALID_PATH("invalidPath"),
    NO_TARGET("noTarget"),
    INVALID_VALUE("invalidValue"),
    INVALID_VERS("invalidVers"),
    SENSITIVE("sensitive"),
    INVALID_CURSOR("invalidCursor"),
    EXPIRED_CURSOR("expiredCursor"),
    INVALID_COUNT("invalidCount"),
    TOO_LARGE("tooLarge");

    private final String keyword;

    Type(String keyword) {
      this.keyword = keyword;
    }

    /** The keyword as it stands in {@code scimType}. */
    public String keyword() {
      return keyword;
    }
  }

  private final int status;
  private final transient Optional<Type> type;
  private final transient Optional<String> place;

  /** A failure with a status of 400 to 599 and no scimType. */
  public ScimException(int status, String detail) {
    super(detail);
    this.status = status;
    this.type = Optional.empty();
    this.place = Optional.empty();
  }

  private ScimException(int status, Type type, Optional<String> place, String detail) {
    super(detail);
    this.status = status;
    this.type = Optional.of(type);
    this.place = place;
  }

  /** 400 with a scimType. */
  public static ScimException badRequest(Type type, String detail) {
    return new ScimException(400, type, Optional.empty(), detail);
  }

  /**
   * 400 with a scimType, for what stands at a place.
   *
   * @param place the path of the attribute whose definition is not kept to
   */
  public static ScimException badRequest(Type type, Optional<String> place, String detail) {
    return new ScimException(400, type, place, detail);
  }

  /** 413: a bulk request is over a limit (RFC 7644 section 3.7.4). */
  public static ScimException tooLarge(String detail) {
    return new ScimException(413, Type.TOO_LARGE, Optional.empty(), detail);
  }

  /** 404: there is no such resource, or path. */
  public static ScimException notFound(String detail) {
    return new ScimException(404, detail);
  }

  /** 409: a value is taken (RFC 7644 section 3.3). */
  public static ScimException notUnique(String attribute) {
    return new ScimException(
        409,
        Type.UNIQUENESS,
        Optional.of(attribute),
        "The value of " + attribute + " is taken by another resource");
  }

  /** 412: If-Match names another version (RFC 7644 section 3.14). */
  public static ScimException preconditionFailed() {
    return new ScimException(
        412, "The resource has another version than If-Match says; GET it and try again");
  }

  /** 428: the tenant wants If-Match with every change (RFC 6585 section 3). */
  public static ScimException preconditionRequired() {
    return new ScimException(
        428, "Precondition required: send If-Match with the resource's version, or with *");
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The path of the attribute that the failure is about, if it is about one. */
  public Optional<String> place() {
    return place;
  }

  /** The scimType, if the failure has one. */
  public Optional<Type> type() {
    return type;
  }
}
