package org.muster.scim.bulk;

/**
 * The bounds of bulk requests.
 *
 * @param maxOperations operations of a request
 * @param maxPayloadBytes bytes of a request
 * @param maxOperationBytes bytes of one operation
 * @param maxJobs asynchronous requests that are not done, at the same time
 * @param keepSeconds how long the answer of an asynchronous request can be fetched
 */
public record BulkLimits(
    int maxOperations,
    long maxPayloadBytes,
    int maxOperationBytes,
    int maxJobs,
    long keepSeconds) {}
