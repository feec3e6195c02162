package org.muster.signal.token;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.text.ParseException;
import java.util.List;
import org.muster.access.EventSigningKey;
import org.muster.access.EventSigningKeyRepository;
import org.muster.event.seal.KeyWrapping;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/** Keeps signing keys in the database, the private part as other secrets of the server are kept. */
@ApplicationScoped
class StoredSigningKeys implements SigningKeyStore {
  private static final String COLLECTION = "$signing-key";

  @Inject private EventSigningKeyRepository keys;
  @Inject private KeyWrapping wrapping;

  @Override
  public List<SigningKey> all() {
    return keys.all().stream().map(this::key).toList();
  }

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public boolean add(SigningKey key) {
    if (keys.all().stream().anyMatch(known -> known.number() >= key.number())) {
      return false;
    }
    ECKey pair = key.pair();
    byte[] secret = wrapping.wrap(subject(pair.getKeyID()), pair.getD().decode());
    keys.insert(
        new EventSigningKey(
            key.number(),
            pair.getKeyID(),
            secret,
            pair.toPublicJWK().toJSONString(),
            key.created()));
    return true;
  }

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void removeBelow(long number) {
    keys.removeBelow(number);
  }

  private SigningKey key(EventSigningKey row) {
    try {
      ECKey known = ECKey.parse(row.publicJwk());
      byte[] secret = wrapping.unwrap(subject(row.kid()), row.secret());
      ECKey pair =
          new ECKey.Builder(Curve.P_256, known.getX(), known.getY())
              .d(Base64URL.encode(secret))
              .keyID(known.getKeyID())
              .keyUse(known.getKeyUse())
              .algorithm(known.getAlgorithm())
              .build();
      return new SigningKey(row.number(), pair, row.created());
    } catch (ParseException | IllegalStateException e) {
      throw new StorageException.Corrupt("A stored signing key can't be read", e);
    }
  }

  private static StorageKey subject(String kid) {
    return new StorageKey(TenantId.DEFAULT, COLLECTION, kid);
  }
}
