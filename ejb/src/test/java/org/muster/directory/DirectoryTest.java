package org.muster.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.muster.ManualClock;
import org.muster.cache.SharedLevel;
import org.muster.directory.Directory.Kind;

/** What is looked up by a key: kept, made once, forgotten here and on other nodes. */
class DirectoryTest {
  private final ManualClock clock = new ManualClock();
  private final Map<String, String> database = new HashMap<>();
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  private DirectorySpace<Integer> space(Directory directory) {
    return directory.space(
        Kind.TOKENS,
        key -> {
          loads.incrementAndGet();
          return Optional.ofNullable(database.get(key));
        },
        (key, text) -> {
          reads.incrementAndGet();
          return Integer.parseInt(text);
        });
  }

  @Test
  void textIsLoadedAndReadOnceUntilItIsOver() {
    DirectorySpace<Integer> space = space(TestDirectory.of(clock, clock::nanos));
    database.put("k", "17");
    for (int i = 0; i < 100; i++) {
      assertThat(space.get("k")).contains(17);
    }
    assertThat(loads).hasValue(1);
    assertThat(reads).hasValue(1);
    clock.pass(TestDirectory.KEPT);
    assertThat(space.get("k")).contains(17);
    assertThat(loads).hasValue(2);
  }

  @Test
  void absenceIsNotKept() {
    DirectorySpace<Integer> space = space(TestDirectory.of(clock, clock::nanos));
    assertThat(space.get("k")).isEmpty();
    database.put("k", "1");
    assertThat(space.get("k")).contains(1);
  }

  @Test
  void whatIsForgottenIsLoadedAgainAndNothingElse() {
    Directory directory = TestDirectory.of(clock, clock::nanos);
    DirectorySpace<Integer> space = space(directory);
    DirectorySpace<String> other =
        directory.space(Kind.TENANTS, key -> Optional.of("t"), (key, text) -> key + text);
    database.put("k", "1");
    database.put("l", "2");
    space.get("k");
    space.get("l");
    assertThat(other.get("k")).contains("kt");
    database.put("k", "3");
    space.forget("k");
    assertThat(space.get("k")).contains(3);
    assertThat(space.get("l")).contains(2);
    assertThat(loads).hasValue(3);
    directory.forgetAll(Kind.TENANTS);
    space.get("k");
    assertThat(loads).hasValue(3);
    directory.forgetAll(Kind.TOKENS);
    space.get("k");
    assertThat(loads).hasValue(4);
  }

  @Test
  void directoryThatKeepsNothingAsksEachTime() {
    DirectorySpace<Integer> space = space(new Directory(Optional.empty()));
    database.put("k", "1");
    assertThat(space.get("k")).contains(1);
    database.put("k", "2");
    space.forget("k");
    space.forgetAll();
    assertThat(space.get("k")).contains(2);
  }

  @Test
  void otherNodeLoadsNothingThatOneHasLoadedAndForgetsWhatThatForgets() {
    SharedLevel<DirectoryText> shared = new SharedLevel<>(TestDirectory.heap(clock, clock::nanos));
    DirectorySpace<Integer> one = space(TestDirectory.beside(shared.node(), clock, clock::nanos));
    DirectorySpace<Integer> two = space(TestDirectory.beside(shared.node(), clock, clock::nanos));
    database.put("k", "1");
    assertThat(one.get("k")).contains(1);
    assertThat(two.get("k")).contains(1);
    assertThat(loads).hasValue(1);
    database.put("k", "2");
    one.forget("k");
    assertThat(two.get("k")).contains(2);
    database.put("k", "3");
    two.forgetAll();
    assertThat(one.get("k")).contains(3);
  }

  @Test
  void nodeThatIsCutOffServesWhatIsOldForTheTimeToLive() {
    SharedLevel<DirectoryText> shared = new SharedLevel<>(TestDirectory.heap(clock, clock::nanos));
    SharedLevel<DirectoryText>.Node link = shared.node();
    DirectorySpace<Integer> one = space(TestDirectory.beside(shared.node(), clock, clock::nanos));
    DirectorySpace<Integer> two = space(TestDirectory.beside(link, clock, clock::nanos));
    database.put("k", "1");
    assertThat(two.get("k")).contains(1);
    link.cut();
    database.put("k", "2");
    one.forget("k");
    assertThat(two.get("k")).contains(1);
    clock.pass(TestDirectory.KEPT);
    assertThat(two.get("k")).contains(2);
    link.heal();
    database.put("k", "3");
    one.forget("k");
    assertThat(two.get("k")).contains(3);
  }

  @Test
  void textsAreUtf8AndNothingElseIsATextOfTheSharedLevel() {
    DirectoryCodec codec = new DirectoryCodec();
    for (String text : new String[] {"", "{\"a\":\"ä\uD83D\uDE00\"}"}) {
      assertThat(codec.decode(ByteBuffer.wrap(codec.encode(new DirectoryText(text)))).text())
          .isEqualTo(text);
    }
    assertThatThrownBy(() -> codec.decode(ByteBuffer.wrap(new byte[] {(byte) 0xC3})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(codec.decode(ByteBuffer.wrap("x".getBytes(StandardCharsets.UTF_8))).text())
        .isEqualTo("x");
  }
}
