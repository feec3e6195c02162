package org.muster.event.memory;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.muster.event.seal.SubjectKey;
import org.muster.event.seal.SubjectKeys;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageKey;

/** Keeps keys in the heap, gone when the process ends. */
public final class MemorySubjectKeys implements SubjectKeys {
  private final Map<StorageKey, SubjectKey> keys = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  @Override
  public Map<StorageKey, SubjectKey> obtain(Set<StorageKey> subjects) {
    Map<StorageKey, SubjectKey> obtained = new HashMap<>();
    for (StorageKey subject : subjects) {
      obtained.put(subject, keys.computeIfAbsent(subject, absent -> made()));
    }
    return obtained;
  }

  private SubjectKey made() {
    byte[] secret = new byte[SubjectKey.BYTES];
    random.nextBytes(secret);
    return new SubjectKey.Kept(secret);
  }

  @Override
  public Map<StorageKey, Made> make(Set<StorageKey> subjects) {
    return Map.of();
  }

  @Override
  public byte[] opened(StorageKey subject, byte[] stored) {
    return stored;
  }

  @Override
  public Map<StorageKey, SubjectKey> find(Set<StorageKey> subjects) {
    Map<StorageKey, SubjectKey> found = new HashMap<>();
    for (StorageKey subject : subjects) {
      SubjectKey key = keys.get(subject);
      if (key != null) {
        found.put(subject, key);
      }
    }
    return found;
  }

  @Override
  public boolean destroy(StorageKey subject, Instant time, String actor) {
    AtomicBoolean first = new AtomicBoolean();
    keys.compute(
        subject,
        (key, known) -> {
          if (known instanceof SubjectKey.Destroyed) {
            return known;
          }
          first.set(true);
          return new SubjectKey.Destroyed(time, actor);
        });
    return first.get();
  }

  @Override
  public long erase(TenantId tenant, int most) {
    int before = keys.size();
    keys.keySet().removeIf(key -> key.tenant().equals(tenant));
    return Math.max(0, before - keys.size());
  }
}
