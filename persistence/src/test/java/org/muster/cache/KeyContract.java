package org.muster.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.muster.kernel.Folding;
import org.muster.kernel.TenantId;

/** Any text is a key of its own; keys are listed by code point. */
abstract class KeyContract extends LevelContract {
  private static final List<String> HOSTILE =
      List.of(
          "*",
          "?",
          "[a-z]",
          "\\",
          "\\*",
          "a*",
          "a:b",
          "a/b",
          "../a",
          "{a}",
          "}{",
          "%",
          "_",
          "'; drop table document; --",
          "\"",
          " ",
          "a ",
          " a",
          "\n",
          "\r\n",
          "\t",
          "\u0001",
          "\u007f",
          "é",
          "e\u0301",
          "É",
          "a",
          "A",
          "\u200b",
          "\ufeffa",
          "\ufffd",
          "\uffff",
          "\u2028",
          "$",
          "0",
          "-1");

  @Test
  void everyTextIsAKeyOfItsOwn() {
    for (String text : HOSTILE) {
      assertThat(put(text, "value of " + text)).isTrue();
    }
    for (String text : HOSTILE) {
      assertThat(value(text)).contains("value of " + text);
    }
    assertThat(keys("", 7)).containsExactlyElementsOf(sorted(HOSTILE));
    assertThat(level.voidKey(key("*"))).isTrue();
    assertThat(keys("", 1_000)).hasSize(HOSTILE.size() - 1);
    assertThat(level.clear(space)).isEqualTo(HOSTILE.size() - 1);
  }

  @Test
  void keysAreOfEveryPlane() {
    List<String> texts = new ArrayList<>();
    for (int plane = 0; plane <= 16; plane++) {
      texts.add(Character.toString(plane * 0x10000 + 0x41));
      texts.add(Character.toString(plane * 0x10000 + 0xfffd));
    }
    texts.forEach(text -> put(text, text));
    texts.forEach(text -> assertThat(value(text)).contains(text));
    assertThat(keys("", 5)).containsExactlyElementsOf(sorted(texts));
  }

  @Test
  void longestKeyIsAKey() {
    String ascii = "x".repeat(CacheKey.MAX_LENGTH);
    String wide = "\ud83d\ude00".repeat(CacheKey.MAX_LENGTH / 2);
    String other = "x".repeat(CacheKey.MAX_LENGTH - 1) + "y";
    for (String text : List.of(ascii, wide, other)) {
      put(text, "of " + text);
    }
    for (String text : List.of(ascii, wide, other)) {
      assertThat(value(text)).contains("of " + text);
    }
    assertThat(keys("", 1)).containsExactly(ascii, other, wide);
  }

  @Test
  void whatIsNoKeyIsRefused() {
    for (String text : List.of("", "\u0000", "a\u0000b", "\ud800", "\udc00a", "a\ud83d")) {
      assertThatThrownBy(() -> key(text)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> key("x".repeat(CacheKey.MAX_LENGTH + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void spacesHaveNothingInCommon() {
    String tenant = space.tenant().value();
    List<CacheKey> keys =
        List.of(
            new CacheKey(new CacheSpace(new TenantId(tenant), "a"), "b"),
            new CacheKey(new CacheSpace(new TenantId(tenant), "a.b"), "b"),
            new CacheKey(new CacheSpace(new TenantId(tenant), "A"), "b"),
            new CacheKey(new CacheSpace(new TenantId(tenant + "a"), "a"), "b"),
            new CacheKey(new CacheSpace(new TenantId(tenant).copy(), "a"), "b"),
            new CacheKey(new CacheSpace(new TenantId(tenant), "a"), "a:b"),
            new CacheKey(new CacheSpace(new TenantId(tenant), "a"), "a.b"));
    keys.forEach(key -> level.put(key, entry(key.toString()), ALWAYS));
    keys.forEach(key -> assertThat(value(key)).contains(key.toString()));
    assertThat(level.clear(keys.get(1).space())).isEqualTo(1);
    assertThat(level.clear(keys.get(0).space())).isEqualTo(3);
    assertThat(level.exists(keys.get(2))).isTrue();
    assertThat(level.exists(keys.get(3))).isTrue();
    assertThat(level.exists(keys.get(4))).isTrue();
  }

  @Test
  void pagesHaveTheirLimit() {
    for (int i = 0; i < 10; i++) {
      put("k" + i, "v");
    }
    KeyPage first = level.keys(new KeyQuery(space, "", "", 4));
    assertThat(first.keys()).containsExactly("k0", "k1", "k2", "k3");
    KeyPage second = level.keys(new KeyQuery(space, "", first.next().orElseThrow(), 6));
    assertThat(second)
        .isEqualTo(new KeyPage(List.of("k4", "k5", "k6", "k7", "k8", "k9"), Optional.empty()));
    assertThat(level.keys(new KeyQuery(space, "", "k9", 6)).keys()).isEmpty();
    assertThat(level.keys(new KeyQuery(space, "", "k55", 2)).keys()).containsExactly("k6", "k7");
    assertThat(level.keys(new KeyQuery(space("other"), "", "", 2)).keys()).isEmpty();
  }

  @Test
  void prefixIsTextAndNoPattern() {
    for (String text : List.of("a", "a*", "a*b", "ab", "a\ud83d\ude00", "b", "a\uffff", "A")) {
      put(text, "v");
    }
    assertThat(keys("a", 2)).containsExactly("a", "a*", "a*b", "ab", "a\uffff", "a\ud83d\ude00");
    assertThat(keys("a*", 1)).containsExactly("a*", "a*b");
    assertThat(keys("c", 1)).isEmpty();
    assertThat(level.keys(new KeyQuery(space, "b", "a", 10)).keys()).containsExactly("b");
    assertThat(level.keys(new KeyQuery(space, "a", "b", 10)).keys()).isEmpty();
    assertThat(keys("\u0000", 10)).isEmpty();
  }

  @Test
  void whatIsNotServedIsNotListed() {
    put("a", "1");
    put("b", "2");
    level.put(key("c"), absence(), ALWAYS);
    level.put(key("d"), entry("4", lasting(Duration.ofSeconds(1))), ALWAYS);
    level.voidKey(key("b"));
    subject().pass(Duration.ofMillis(1_050));
    assertThat(keys("", 10)).containsExactly("a", "c");
  }

  @Test
  void randomKeysAreListedInOrder(TestReporter reporter) {
    Random random = random(reporter);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      texts.add(text(random));
    }
    texts.forEach(text -> put(text, text));
    List<String> sorted = sorted(texts);
    assertThat(keys("", 1 + random.nextInt(40))).containsExactlyElementsOf(sorted);
    for (int i = 0; i < 20; i++) {
      String chosen = sorted.get(random.nextInt(sorted.size()));
      String prefix = Folding.beginning(chosen, 1 + random.nextInt(chosen.length()));
      assertThat(keys(prefix, 3))
          .containsExactlyElementsOf(
              sorted.stream().filter(text -> text.startsWith(prefix)).toList());
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(8);
    int[] some = {'a', 'b', '*', 0xe9, 0x301, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(some[random.nextInt(some.length)]);
    }
    return text.toString();
  }

  private static List<String> sorted(List<String> texts) {
    TreeSet<String> sorted = new TreeSet<>(Folding.CODE_POINTS);
    sorted.addAll(texts);
    return List.copyOf(sorted);
  }
}
