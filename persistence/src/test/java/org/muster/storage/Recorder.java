package org.muster.storage;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers what batches named, so that it can be checked afterwards. */
final class Recorder extends ForwardingStorage {
  final Set<String> collections = ConcurrentHashMap.newKeySet();
  final Set<String> relations = ConcurrentHashMap.newKeySet();
  final Set<Claimed> claims = ConcurrentHashMap.newKeySet();

  record Claimed(String collection, String attribute, String folded) {}

  Recorder(StorageProvider delegate) {
    super(delegate);
  }

  @Override
  public Applied apply(Batch batch) {
    for (Change change : batch.changes()) {
      collections.add(change.key().collection());
      if (change instanceof Change.Claim claim) {
        claims.add(new Claimed(claim.key().collection(), claim.attribute(), claim.folded()));
      } else if (change instanceof Change.AddLinks add) {
        relations.add(add.relation());
      } else if (change instanceof Change.ReplaceLinks replace) {
        relations.add(replace.relation());
      }
    }
    return super.apply(batch);
  }
}
