package org.muster.scim.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.muster.scim.edit.Samples.DEVICE;
import static org.muster.scim.edit.Samples.USER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Profile;
import org.muster.scim.policy.ShippedProfiles;
import org.muster.scim.policy.Switch;
import org.muster.scim.schema.ResourceType;

/**
 * A profile lets pass what is refused without it, and changes nothing else: whatever is accepted in
 * standard has the same outcome in every profile, and under each switch alone.
 */
class ProfileLawsTest {
  private static final int ROUNDS = 1_500;

  @ParameterizedTest
  @ValueSource(longs = {3, 11, 20261125})
  void whatStandardAcceptsIsTheSameInEveryProfile(long seed) {
    Random random = new Random(seed);
    int accepted = 0;
    int leniently = 0;
    for (int round = 0; round < ROUNDS; round++) {
      ResourceType type = random.nextBoolean() ? USER : DEVICE;
      String place = "seed " + seed + ", round " + round;
      ObjectNode body = EditLawsTest.body(type, random);
      Optional<Edit> created = law(place + " " + body, l -> create(type, body, l));
      if (created.isEmpty()) {
        continue;
      }
      ObjectNode current = created.get().document();
      ObjectNode other = EditLawsTest.body(type, random);
      PatchRequest patch = EditLawsTest.request(type, random);
      Optional<Edit> put =
          law(place + " " + other, l -> ResourceValidation.replace(type, current, other, l));
      String context = place + " " + patch + " on " + current;
      Optional<Edit> patched = law(context, l -> Patching.patch(type, current, patch, l));
      accepted += 1 + (put.isPresent() ? 1 : 0) + (patched.isPresent() ? 1 : 0);
      leniently +=
          patched.isEmpty()
                  && tried(l -> Patching.patch(type, current, patch, l), lenient()).isPresent()
              ? 1
              : 0;
    }
    assertThat(accepted).as("seed " + seed).isGreaterThan(ROUNDS);
    assertThat(leniently).as("accepted by leniency alone, seed " + seed).isPositive();
  }

  private static Edit create(ResourceType type, ObjectNode body, Leniency leniency) {
    return ResourceValidation.create(type, body, leniency);
  }

  /** What standard makes of a request, which every other profile must make of it, too. */
  private static Optional<Edit> law(String context, Call call) {
    Optional<Edit> standard = tried(call, Leniency.NONE);
    for (Leniency leniency : standard.isPresent() ? all() : List.<Leniency>of()) {
      Edit edit = tried(call, leniency).orElseThrow(() -> new AssertionError(context));
      String under = leniency.profile().name() + ": " + context;
      assertThat(edit.document()).as(under).isEqualTo(standard.get().document());
      assertThat(edit).as(under).isEqualTo(standard.get());
    }
    return standard;
  }

  private static Optional<Edit> tried(Call call, Leniency leniency) {
    try {
      return Optional.of(call.edit(leniency));
    } catch (ScimException e) {
      assertThat(e.status()).isEqualTo(400);
      assertThat(e.getMessage()).doesNotContain("Exception", "org.muster", "jackson");
      return Optional.empty();
    }
  }

  private static List<Leniency> all() {
    List<Leniency> all = new ArrayList<>();
    ShippedProfiles.all().all().forEach(profile -> all.add(Leniency.of(profile)));
    for (Switch each : Switch.values()) {
      all.add(Leniency.of(new Profile(each.word(), "", Set.of(each))));
    }
    return all;
  }

  private static Leniency lenient() {
    return Leniency.of(ShippedProfiles.all().named("lenient").orElseThrow());
  }

  private interface Call {
    Edit edit(Leniency leniency);
  }
}
