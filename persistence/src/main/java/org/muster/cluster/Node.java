package org.muster.cluster;

import java.util.Optional;

/**
 * A node, from its start to its end.
 *
 * @param id no other start of a node has it
 * @param address where it runs, for people
 * @param cacheName under which name others hear it where it shares a level of caches; empty if it
 *     shares none
 */
public record Node(String id, String address, Optional<String> cacheName) {}
