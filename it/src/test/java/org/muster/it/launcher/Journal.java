package org.muster.it.launcher;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the server has acknowledged, and what was sent without an answer. */
final class Journal {
  /** userName to id. */
  final Map<String, String> users = new ConcurrentHashMap<>();

  /** Names of users that were sent, and whose answer never came. */
  final Set<String> unsure = ConcurrentHashMap.newKeySet();

  /** Pairs of users that were added to a group in one PATCH. */
  final Queue<Pair> pairs = new ConcurrentLinkedQueue<>();

  /** Two users who became members of a group together; acknowledged or not. */
  record Pair(String group, String one, String other, boolean acknowledged) {}
}
