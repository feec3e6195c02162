package org.muster.event.projection;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/** Keeps in the heap how far the projections of this process are. */
public final class MemoryProgress implements ProjectionProgress {
  private final Map<String, Progress> all = new HashMap<>();

  @Override
  public synchronized Optional<Progress> find(String name) {
    return Optional.ofNullable(all.get(name));
  }

  @Override
  public synchronized Optional<Progress> take(String name, boolean patient, Instant now) {
    return Optional.of(all.computeIfAbsent(name, absent -> Progress.begun(absent, now)));
  }

  @Override
  public synchronized Progress save(Progress changed) {
    if (find(changed.name()).map(Progress::version).orElse(-1L) != changed.version()) {
      throw new StorageException.Conflict(
          new StorageKey(TenantId.DEFAULT, "$projection", changed.name()),
          "The progress is not as expected");
    }
    Progress saved = changed.version(changed.version() + 1);
    all.put(saved.name(), saved);
    return saved;
  }
}
