package org.muster.scim.bulk;

import java.util.function.Function;
import org.muster.scim.resource.Condition;
import org.muster.scim.resource.RequestContext;

/**
 * For whom a bulk request is done.
 *
 * @param versions how the entity tag that an operation names is read: as If-Match is
 */
public record BulkCall(RequestContext context, Function<String, Condition> versions) {}
