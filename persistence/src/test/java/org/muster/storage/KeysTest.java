package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Folding;

class KeysTest {

  @Test
  void numbersOrderByValue() {
    List<String> ascending =
        List.of(
            "-9e4999",
            "-1e400",
            "-12345678901234567890.5",
            "-12345678901234567890",
            "-1001",
            "-1000",
            "-999.999",
            "-10",
            "-9",
            "-1.55",
            "-1.5",
            "-1.05",
            "-1",
            "-0.1",
            "-0.01",
            "-1e-5001",
            "0",
            "1e-5001",
            "1e-400",
            "0.01",
            "0.0999",
            "0.1",
            "1",
            "1.05",
            "1.5",
            "1.55",
            "2",
            "9",
            "9.99",
            "10",
            "11",
            "99",
            "100",
            "1e3",
            "1001",
            "12345678901234567890",
            "12345678901234567890.5",
            "1e400",
            "9e4999");
    assertOrdered(ascending.stream().map(BigDecimal::new).toList());
  }

  @Test
  void randomNumbersOrderByValue() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<BigDecimal> numbers = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      BigInteger digits = new BigInteger(1 + random.nextInt(120), random);
      numbers.add(
          new BigDecimal(random.nextBoolean() ? digits : digits.negate(), random.nextInt(80) - 40));
      numbers.add(BigDecimal.valueOf(random.nextInt(41) - 20, random.nextInt(4)));
    }
    numbers.sort(null);
    for (int i = 1; i < numbers.size(); i++) {
      BigDecimal left = numbers.get(i - 1);
      BigDecimal right = numbers.get(i);
      assertThat(Integer.signum(Folding.CODE_POINTS.compare(Keys.number(left), Keys.number(right))))
          .as("%s, %s, seed %d", left, right, seed)
          .isEqualTo(left.compareTo(right));
    }
  }

  @Test
  void equalNumbersHaveEqualKeys() {
    for (List<String> equal :
        List.of(
            List.of("0", "0.0", "-0", "0e10", "0e-4000000"),
            List.of("1", "1.0", "1.000", "10e-1", "0.1e1"),
            List.of("-1200", "-1.2e3", "-1200.00"))) {
      assertThat(equal.stream().map(BigDecimal::new).map(Keys::number).distinct()).hasSize(1);
    }
  }

  @Test
  void numberKeysFitTheCut() {
    String longest = Keys.number(new BigDecimal("-" + "9".repeat(400)));
    assertThat(longest).hasSizeLessThanOrEqualTo(Folding.KEY_LENGTH);
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    for (String bad :
        List.of("1e5000", "-1e5000", "1e-5002", "9".repeat(401), "1e2147483647", "1e-2147483647")) {
      assertThatThrownBy(() -> Keys.number(new BigDecimal(bad)))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Keys.number(new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersOutOfRangeHaveNoKeyInADocument() {
    Path age = People.AGE;
    assertThat(Keys.of(People.document("{'n':1e999999}").tree().path("n"), age)).isEmpty();
    assertThat(Keys.of(DoubleNode.valueOf(Double.NaN), age)).isEmpty();
    assertThat(Keys.of(FloatNode.valueOf(Float.POSITIVE_INFINITY), age)).isEmpty();
    assertThat(Keys.of(DoubleNode.valueOf(1.5), age)).contains(Keys.number(new BigDecimal("1.5")));
  }

  @Test
  void timesOrderByInstant() {
    List<Instant> ascending =
        List.of(
            Instant.MIN,
            Instant.parse("-0001-01-01T00:00:00Z"),
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.ofEpochSecond(-1),
            Instant.ofEpochSecond(-1, 999_999_999),
            Instant.EPOCH,
            Instant.ofEpochSecond(0, 1),
            Instant.ofEpochSecond(0, 1_000_000),
            Instant.ofEpochSecond(1),
            Instant.parse("2024-02-29T12:00:00Z"),
            Instant.parse("9999-12-31T23:59:59Z"),
            Instant.MAX);
    List<String> keys = ascending.stream().map(Keys::dateTime).toList();
    assertThat(keys).isSortedAccordingTo(Folding.CODE_POINTS).doesNotHaveDuplicates();
    assertThat(keys).allMatch(key -> key.length() == 27);
  }

  @Test
  void timesAreReadWithAnyZoneAndWithoutOneAsUtc() {
    Optional<String> noon = Optional.of(Keys.dateTime(Instant.parse("2024-02-29T12:00:00Z")));
    for (String same :
        List.of(
            "2024-02-29T12:00:00Z",
            "2024-02-29T12:00Z",
            "2024-02-29T12:00:00.000Z",
            "2024-02-29T12:00:00",
            "2024-02-29T13:00:00+01:00",
            "2024-02-28T22:00:00-14:00",
            "2024-03-01T06:00:00+18:00")) {
      assertThat(Keys.dateTime(same)).as(same).isEqualTo(noon);
    }
  }

  @Test
  void whatIsNoTimeHasNoKey() {
    for (String bad :
        List.of(
            "",
            "2024-02-29",
            "2023-02-29T12:00:00Z",
            "12:00:00Z",
            "now",
            "2024-02-29 12:00:00Z",
            "2024-02-29T25:00:00Z",
            " 2024-02-29T12:00:00Z")) {
      assertThat(Keys.dateTime(bad)).as(bad).isEmpty();
    }
  }

  @Test
  void valuesOfAnotherTypeHaveNoKey() {
    JsonNode values = People.document("{'t':'x','n':1,'b':true,'o':{},'a':[],'z':null}").tree();
    assertThat(keyed(values, People.NAME)).containsExactly("t");
    assertThat(keyed(values, People.AGE)).containsExactly("n");
    assertThat(keyed(values, People.ACTIVE)).containsExactly("b");
    assertThat(keyed(values, People.SEEN)).isEmpty();
    assertThat(keyed(values, People.EMAILS)).isEmpty();
  }

  @Test
  void keysOfADocumentAreThoseOfItsPaths() {
    JsonDocument document =
        People.document(
            "{'userName':'Ann','externalId':null,'age':1.50,'active':false,"
                + "'emails':[{'value':'B@X'},{'type':'work'},{'value':'a@x'}],'other':1}");
    assertThat(Keys.of(document, People.INDEXED))
        .isEqualTo(
            Map.of(
                "userName", List.of("ann"),
                "age", List.of(Keys.number(new BigDecimal("1.5"))),
                "active", List.of("false"),
                "emails.value", List.of("b@x", "a@x")));
  }

  @Test
  void putCutsKeysAndDropsRepeatedAndEmptyOnes() {
    Change.Put put =
        new Change.Put(
            new StorageKey(org.muster.kernel.TenantId.DEFAULT, "User", "1"),
            People.document("{}"),
            new java.util.TreeMap<>(
                Map.of("a", List.of("x", "x", "y".repeat(600)), "b", List.of())),
            "label");
    assertThat(put.keys()).isEqualTo(Map.of("a", List.of("x", "y".repeat(512))));
  }

  private static List<String> keyed(JsonNode values, Path path) {
    List<String> names = new ArrayList<>();
    values
        .properties()
        .forEach(
            field -> Keys.of(field.getValue(), path).ifPresent(key -> names.add(field.getKey())));
    return names;
  }

  private static void assertOrdered(List<BigDecimal> ascending) {
    List<String> keys = ascending.stream().map(Keys::number).toList();
    assertThat(keys).isSortedAccordingTo(Folding.CODE_POINTS).doesNotHaveDuplicates();
  }
}
