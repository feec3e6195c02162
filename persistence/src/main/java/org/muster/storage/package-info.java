/**
 * The document store's SPI: JSON documents, unique claims and links between documents, by tenant,
 * collection and id. It knows nothing of SCIM. The back ends are in the packages below.
 */
@NullMarked
package org.muster.storage;

import org.jspecify.annotations.NullMarked;
