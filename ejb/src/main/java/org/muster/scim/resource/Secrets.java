package org.muster.scim.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.security.enterprise.identitystore.PasswordHash;
import java.text.Normalizer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.muster.kernel.Precondition;
import org.muster.scim.ScimException;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/**
 * Hashes the values of write-only attributes, a few at a time since that is slow by design, and
 * keeps them in documents of their own, which no response and no query reads.
 */
public final class Secrets {
  /** Where the hashes are kept, under the id of the resource. */
  static final String COLLECTION = "$secret";

  private final PasswordHash hash;
  private final Semaphore slots;
  private final Duration patience;

  /**
   * Secrets that are hashed so.
   *
   * @param concurrency how many values are hashed at the same time
   * @param patience how long a request waits for its turn before it is told 503
   */
  public Secrets(PasswordHash hash, int concurrency, Duration patience) {
    this.hash = hash;
    this.slots = new Semaphore(concurrency);
    this.patience = patience;
  }

  /** Starts a write; its secrets are hashed once, however often it is repeated. */
  Hashing hashing() {
    return new Hashing();
  }

  /** Where the secrets of a resource are kept. */
  public static StorageKey key(StorageKey resource) {
    return new StorageKey(resource.tenant(), COLLECTION, resource.id());
  }

  /** The hashes of one write. For one thread. */
  final class Hashing {
    private final Map<String, String> known = new HashMap<>();

    /** Hashes values in clear; to be called outside of any transaction. */
    Map<String, Optional<String>> of(Map<String, Optional<String>> clear) {
      Map<String, Optional<String>> hashed = new TreeMap<>();
      clear.forEach(
          (attribute, value) ->
              hashed.put(attribute, value.map(v -> known.computeIfAbsent(v, Secrets.this::hash))));
      return hashed;
    }
  }

  private String hash(String clear) {
    boolean mine = false;
    try {
      mine = slots.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!mine) {
      throw new ScimException(503, "Too many passwords are being set at once; try again later");
    }
    try {
      return hash.generate(prepared(clear).toCharArray());
    } finally {
      slots.release();
    }
  }

  /** As whoever types it later prepares it: the OpaqueString of RFC 7613 section 4.2. */
  private static String prepared(String clear) {
    StringBuilder spaced = new StringBuilder(clear);
    for (int i = 0; i < spaced.length(); i++) {
      if (Character.getType(spaced.charAt(i)) == Character.SPACE_SEPARATOR) {
        spaced.setCharAt(i, ' ');
      }
    }
    return Normalizer.normalize(spaced, Normalizer.Form.NFC);
  }

  /** Adds the change of a resource's secrets to the batch that writes the resource. */
  static void add(
      Batch.Builder batch,
      StorageProvider storage,
      StorageKey resource,
      Map<String, Optional<String>> hashed) {
    if (hashed.isEmpty()) {
      return;
    }
    StorageKey key = key(resource);
    Optional<Stored> stored = storage.get(key, List.of());
    ObjectNode document =
        stored
            .map(s -> s.document().tree().deepCopy())
            .orElseGet(JsonDocument.MAPPER::createObjectNode);
    hashed.forEach(
        (attribute, value) ->
            value.ifPresentOrElse(
                v -> document.put(attribute, v), () -> document.remove(attribute)));
    if (stored.isEmpty() && document.isEmpty()) {
      return;
    }
    batch.expect(
        key,
        stored
            .<Precondition>map(s -> new Precondition.At(s.version()))
            .orElseGet(Precondition.Absent::new));
    batch.add(new Change.Put(key, JsonDocument.of(document), new TreeMap<>(), ""));
  }
}
