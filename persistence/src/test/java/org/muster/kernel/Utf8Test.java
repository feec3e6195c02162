package org.muster.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "Zoë", "日本", "\uD83D\uDE00", "a\uFFFDb", "\u0000"})
  void textIsRead(String text) {
    assertThat(Utf8.text(ByteBuffer.wrap(text.getBytes(UTF_8)))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"80", "c3", "c0af", "eda080", "f8888080", "6180", "efbfbd80", "f4908080"})
  void malformedBytesAreRefused(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> Utf8.text(ByteBuffer.wrap(bytes)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Not UTF-8");
  }

  @Test
  void whatRemainsOfASliceIsReadAndNoMore() {
    ByteBuffer whole = ByteBuffer.wrap("xxaëbyy".getBytes(UTF_8)).position(1).slice();
    ByteBuffer part = whole.position(1).limit(5);
    assertThat(Utf8.text(part)).isEqualTo("aëb");
    assertThat(part.hasRemaining()).isFalse();
  }
}
