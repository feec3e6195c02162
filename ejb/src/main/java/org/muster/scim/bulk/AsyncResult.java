package org.muster.scim.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What came of one operation of an asynchronous request.
 *
 * @param transaction what Set-Txn said and, of a bulk request, behind a colon the place of the
 *     operation (RFC 9967 section 2.5.1.2)
 * @param uri what it was on, behind the base URL
 * @param response its part of a BulkResponse (RFC 7644 section 3.7.3)
 */
public record AsyncResult(String transaction, String uri, ObjectNode response) {}
