package org.muster.state;

import org.muster.kernel.TenantId;

/** Which tree: that of one collection of a tenant. */
public record TreeId(TenantId tenant, String collection) {}
