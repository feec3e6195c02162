package org.muster.scim.resource;

import java.util.Optional;
import java.util.OptionalInt;
import org.muster.scim.projection.Selection;

/**
 * The parameters of a list or search (RFC 7644 section 3.4.2, RFC 9865), as the client gave them;
 * negative numbers included.
 *
 * @param cursor present, and maybe empty, if the client pages by cursor
 */
public record ListRequest(
    Optional<String> filter,
    Optional<String> sortBy,
    boolean descending,
    OptionalInt startIndex,
    OptionalInt count,
    Optional<String> cursor,
    Selection selection) {}
