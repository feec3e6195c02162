package org.muster.scim.resource;

import java.util.Optional;

/**
 * What became of a {@link Write}.
 *
 * @param location the absolute URL of the resource
 * @param etag the opaque part of its weak entity tag; empty if it is no more
 */
public record Written(String location, Optional<String> etag) {}
