package org.muster.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.muster.it.Instance;

/** Three nodes stand the loss of one. */
@Tag("launcher")
class NodeMajorityIT {

  @Test
  void twoOfThreeGoOnHearingEachOtherWhenTheThirdIsKilledAndItComesBack() throws Exception {
    try (NodesUnderTest nodes = new NodesUnderTest(3)) {
      Instance one = nodes.node(0);
      Instance two = nodes.node(1);
      Instance three = nodes.node(2);
      one.start();
      two.start();
      three.start();
      NodesIT.awaitTogether(one, two);
      NodesIT.awaitTogether(two, three);
      three.kill();
      assertThat(one.client().get("/Users?count=0").status()).isEqualTo(200);
      NodesIT.awaitTogether(one, two);
      three.start();
      NodesIT.awaitTogether(two, three);
      NodesIT.awaitTogether(three, one);
    }
  }
}
