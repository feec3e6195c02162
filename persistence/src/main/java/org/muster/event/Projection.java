package org.muster.event;

import java.util.List;

/**
 * Something that is made of the events of all tenants, and can be made anew of them. Whoever runs
 * it hands over the events in their order and keeps how far it is; where events and progress are in
 * the database, page and progress are one transaction. Used by one thread at a time.
 */
public interface Projection {
  /** Names it for good: 1 to 32 of a-z, 0-9 and '-'. */
  String name();

  /** Which events it needs; of all tenants. */
  EventFilter filter();

  /**
   * Takes the next events. The last ones may come again, in the same order, if the server went down
   * before its progress was kept; taking them again changes nothing.
   */
  void apply(List<Event> events);

  /**
   * Removes some of what it has made, so that it can be made anew.
   *
   * @param most about how many rows at most
   * @return how many were removed; 0 says that nothing is left
   */
  long clear(int most);
}
