package org.muster.security.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.muster.kernel.TenantId;

/**
 * Who issues tokens for a tenant, and how they are read.
 *
 * @param created when it was made known
 */
public record Issuer(String id, TenantId tenant, Instant created, Terms terms) {

  /**
   * How the tokens of an issuer are read.
   *
   * @param issuer what their {@code iss} is
   * @param audience what their {@code aud} holds
   * @param keys whose signatures they have
   * @param algorithms which they may name, asymmetric ones only
   * @param subjectClaim the claim that is the id of the user that {@code /Me} is
   * @param clockSkew how far the issuer's clock may be off
   */
  public record Terms(
      String issuer,
      String audience,
      KeySource keys,
      Set<JWSAlgorithm> algorithms,
      ScopeRule scopes,
      String subjectClaim,
      Duration clockSkew) {
    public Terms {
      algorithms = Set.copyOf(algorithms);
    }
  }
}
