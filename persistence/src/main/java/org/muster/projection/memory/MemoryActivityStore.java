package org.muster.projection.memory;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.muster.kernel.TenantId;
import org.muster.projection.Activity;
import org.muster.projection.ActivityCount;
import org.muster.projection.ActivityMark;
import org.muster.projection.ActivityQuery;
import org.muster.projection.ActivityStore;
import org.muster.storage.StorageKey;

/** Keeps activity in the heap, gone when the process ends. */
public final class MemoryActivityStore implements ActivityStore {
  private static final Comparator<Activity> ORDER =
      Comparator.comparing(Activity::modified).thenComparing(Activity::id);

  private final Map<StorageKey, Activity> documents = new HashMap<>();

  @Override
  public synchronized void mark(Map<StorageKey, ActivityMark> marks) {
    marks.forEach(
        (key, mark) -> {
          if (mark instanceof ActivityMark.Known known) {
            documents.put(key, new Activity(key.id(), known.active(), known.modified()));
          } else if (mark instanceof ActivityMark.Touched touched) {
            documents.computeIfPresent(
                key, (same, before) -> new Activity(key.id(), before.active(), touched.modified()));
          } else {
            documents.remove(key);
          }
        });
  }

  @Override
  public synchronized SortedMap<String, ActivityCount> counts(TenantId tenant) {
    SortedMap<String, ActivityCount> counts = new TreeMap<>();
    documents.forEach(
        (key, activity) -> {
          if (key.tenant().equals(tenant)) {
            counts.merge(key.collection(), count(activity), ActivityCount::plus);
          }
        });
    return counts;
  }

  private static ActivityCount count(Activity activity) {
    boolean known = activity.active().isPresent();
    boolean active = activity.active().orElse(false);
    return new ActivityCount(1, active ? 1 : 0, known && !active ? 1 : 0);
  }

  @Override
  public synchronized List<Activity> page(ActivityQuery query) {
    return documents.entrySet().stream()
        .filter(
            entry ->
                entry.getKey().tenant().equals(query.tenant())
                    && entry.getKey().collection().equals(query.collection()))
        .map(Map.Entry::getValue)
        .filter(
            activity ->
                activity.modified().isBefore(query.before())
                    && (query.active().isEmpty() || query.active().equals(activity.active())))
        .filter(
            activity ->
                query
                    .after()
                    .map(
                        place ->
                            ORDER.compare(
                                    activity,
                                    new Activity(place.id(), Optional.empty(), place.modified()))
                                > 0)
                    .orElse(true))
        .sorted(ORDER)
        .limit(query.limit())
        .toList();
  }

  @Override
  public synchronized long clear(int most) {
    long size = documents.size();
    documents.clear();
    return size;
  }

  @Override
  public synchronized long erase(TenantId tenant, int most) {
    long size = documents.size();
    documents.keySet().removeIf(key -> key.tenant().equals(tenant));
    return size - documents.size();
  }
}
