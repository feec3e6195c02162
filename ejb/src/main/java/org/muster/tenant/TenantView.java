package org.muster.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.muster.access.Tenant;
import org.muster.kernel.TenantId;
import org.muster.scim.policy.Limit;
import org.muster.scim.policy.Limits;
import org.muster.storage.JsonDocument;

/**
 * A tenant as administrators see it.
 *
 * @param profile the name of the profile that holds for it
 * @param limits those that hold for it
 */
public record TenantView(
    TenantId id,
    Tenant.State state,
    Instant created,
    TenantSettings settings,
    String profile,
    Limits limits) {

  static TenantView of(Tenant tenant, TenantRules rules) {
    TenantSettings settings = SettingsJson.stored(tenant.settings());
    return new TenantView(
        tenant.id(),
        tenant.state(),
        tenant.created(),
        settings,
        rules.profile(settings).name(),
        rules.limits(settings));
  }

  /** The JSON of the administration interface. */
  public ObjectNode json() {
    ObjectNode json = SettingsJson.write(settings);
    json.put("id", id.value()).put("state", state.name()).put("created", created.toString());
    json.put("effectiveProfile", profile);
    ObjectNode all = json.putObject("effectiveLimits");
    for (Limit limit : Limit.values()) {
      all.put(limit.word(), limits.of(limit));
    }
    return json;
  }

  /** The opaque part of the entity tag: it changes with all that is shown. */
  public String etag() {
    try {
      byte[] text = JsonDocument.of(json()).text().getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(Arrays.copyOf(hash, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
