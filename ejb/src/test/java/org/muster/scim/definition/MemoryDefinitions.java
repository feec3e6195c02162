package org.muster.scim.definition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.muster.access.Definition;
import org.muster.event.Append;
import org.muster.kernel.TenantId;

/** Keeps definitions in memory, for tests. */
final class MemoryDefinitions implements DefinitionStore {
  private final Map<TenantId, List<Definition>> definitions = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>(Map.of("*", 1L));

  /** Makes the next changes fail as if others had been faster. */
  int lostRaces;

  /** What was told of the changes. */
  final List<Append> told = new ArrayList<>();

  @Override
  public synchronized long version(TenantId tenant) {
    return versions.getOrDefault(tenant.value(), 0L);
  }

  @Override
  public synchronized State of(TenantId tenant) {
    List<Definition> sorted = new ArrayList<>(definitions.getOrDefault(tenant, List.of()));
    sorted.sort(Comparator.comparing(Definition::place));
    return new State(versions.getOrDefault(tenant.value(), 0L), sorted);
  }

  @Override
  public synchronized Optional<Long> change(
      TenantId tenant,
      long expected,
      LongFunction<List<Definition>> puts,
      List<Definition> gone,
      List<Append> events) {
    if (lostRaces > 0 || versions.getOrDefault(tenant.value(), 0L) != expected) {
      lostRaces--;
      return Optional.empty();
    }
    long version = versions.merge("*", 1L, Long::sum);
    List<Definition> kept = definitions.computeIfAbsent(tenant, t -> new ArrayList<>());
    gone.forEach(each -> kept.removeIf(old -> isSame(old, each)));
    for (Definition put : puts.apply(version)) {
      kept.removeIf(old -> isSame(old, put));
      kept.add(put);
    }
    versions.put(tenant.value(), version);
    told.addAll(events);
    return Optional.of(version);
  }

  private static boolean isSame(Definition left, Definition right) {
    return left.kind() == right.kind() && left.name().equals(right.name());
  }

  @Override
  public synchronized Map<String, Long> changedAfter(long version) {
    Map<String, Long> changed = new HashMap<>(versions);
    changed.values().removeIf(each -> each <= version);
    return changed;
  }

  @Override
  public synchronized List<Definition> pending(Instant before, int limit) {
    return definitions.values().stream()
        .flatMap(List::stream)
        .filter(each -> !each.pending().isEmpty() && each.changed().isBefore(before))
        .limit(limit)
        .toList();
  }
}
