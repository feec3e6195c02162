package org.muster.rest.scim;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.muster.rest.request.EntityTags;
import org.muster.scim.resource.Condition;
import org.muster.scim.resource.Representation;

/** Makes answers of representations. */
final class Answers {
  private Answers() {}

  /** 200 with a resource; Content-Location is its meta.location (RFC 7643 section 3.1). */
  static Answer ok(Representation found) {
    return Answer.of(
        200,
        found.body(),
        Map.of(
            "ETag",
            EntityTags.weak(found.etag()),
            "Content-Location",
            found.location(),
            "Cache-Control",
            Answer.TO_BE_ASKED_FOR_AGAIN));
  }

  /** 200 with a resource, or 304 if If-None-Match names it (RFC 9110 section 13.1.2). */
  static Answer found(HttpServletRequest request, Representation found) {
    Condition ifNoneMatch =
        EntityTags.parse("If-None-Match", HeaderValues.joined(request, "If-None-Match"));
    return EntityTags.isModified(ifNoneMatch, found.etag()) ? ok(found) : bodiless(304, found);
  }

  /** 201 with a resource. */
  static Answer created(Representation made) {
    return Answer.of(201)
        .with("ETag", EntityTags.weak(made.etag()))
        .with("Location", made.location())
        .with("Content-Location", made.location())
        .with(made.body());
  }

  /** 201 without the resource. */
  static Answer createdMinimal(Representation made) {
    return bodiless(201, made).with("Location", made.location());
  }

  /** 204 with the tag of a changed resource. */
  static Answer changed(Representation changed) {
    return bodiless(204, changed);
  }

  /** 204. */
  static Answer deleted() {
    return Answer.of(204);
  }

  /** 200 with a list. */
  static Answer list(Representation.Body list) {
    return Answer.of(200).with(list);
  }

  private static Answer bodiless(int status, Representation representation) {
    return Answer.of(status)
        .with("ETag", EntityTags.weak(representation.etag()))
        .with("Cache-Control", Answer.TO_BE_ASKED_FOR_AGAIN);
  }
}
