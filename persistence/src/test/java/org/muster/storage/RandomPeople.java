package org.muster.storage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.muster.kernel.TenantId;

/** Keys, texts and documents from small pools, so that they meet often. */
final class RandomPeople {
  private static final List<String> IDS =
      List.of("a", "A", "b", "c%", "c_", "d'", "e\\", "é", "ss", "ß", "\uffee", "😀");

  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "ann",
          "ANN",
          "Anna",
          "an_",
          "an%",
          "a\\n",
          "o'neil",
          "straße",
          "STRASSE",
          "cafe\u0301",
          "CAFÉ",
          "İ",
          "σς",
          "\uffee",
          "😀",
          "😀b",
          "p".repeat(512),
          "p".repeat(512) + "a",
          "P".repeat(512) + "B",
          "p".repeat(511) + "😀x",
          "p".repeat(511) + "😀y");

  static final List<String> NUMBERS =
      List.of(
          "0", "-1", "-1.5", "1", "1.0", "2", "10", "1e3", "-1e3", "0.001", "12345678901234567");

  static final List<String> TIMES =
      List.of(
          "2020-01-01T00:00:00Z",
          "2020-01-01T01:00:00+01:00",
          "2020-01-01T00:00:00.123456789Z",
          "1969-12-31T23:59:59.5Z",
          "2020-06-01T00:00:00",
          "0001-01-01T00:00:00Z");

  private final TenantId tenant;
  private final Random random;

  RandomPeople(TenantId tenant, Random random) {
    this.tenant = tenant;
    this.random = random;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int number(int from, int to) {
    return from + random.nextInt(to - from + 1);
  }

  <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  String collection() {
    return chance(65) ? "User" : "Group";
  }

  StorageKey key() {
    return key(collection());
  }

  StorageKey key(String collection) {
    return new StorageKey(tenant, collection, pick(IDS));
  }

  List<StorageKey> keys(int from, int to) {
    List<StorageKey> keys = new ArrayList<>();
    for (int n = number(from, to); n > 0; n--) {
      keys.add(key());
    }
    return keys;
  }

  /** A document whose indexed attributes are of their types; the others are of any. */
  JsonDocument document() {
    ObjectNode root = JsonDocument.MAPPER.createObjectNode();
    if (chance(70)) {
      root.put("userName", pick(TEXTS));
    }
    if (chance(50)) {
      root.put("externalId", chance(90) ? pick(TEXTS) : null);
    }
    if (chance(50)) {
      root.put("active", random.nextBoolean());
    }
    if (chance(50)) {
      root.put("age", new BigDecimal(pick(NUMBERS)));
    }
    if (chance(50)) {
      root.put("seen", pick(TIMES));
    }
    if (chance(60)) {
      ArrayNode emails = root.putArray("emails");
      for (int n = number(0, 3); n > 0; n--) {
        email(emails.addObject());
      }
    }
    if (chance(50)) {
      anything(root, "note");
    }
    if (chance(50)) {
      ArrayNode tags = root.putArray("tags");
      for (int n = number(0, 3); n > 0; n--) {
        tags.add(chance(90) ? pick(TEXTS) : null);
      }
    }
    if (chance(30)) {
      anything(root.putObject("address"), "city");
    }
    return JsonDocument.of(root);
  }

  private void email(ObjectNode email) {
    if (chance(80)) {
      email.put("value", pick(TEXTS));
    }
    if (chance(60)) {
      email.put("type", pick(List.of("work", "home", "WORK")));
    }
    if (chance(30)) {
      email.put("primary", random.nextBoolean());
    }
  }

  private void anything(ObjectNode parent, String name) {
    switch (number(0, 6)) {
      case 0 -> parent.putNull(name);
      case 1 -> parent.put(name, number(0, 5));
      case 2 -> parent.putObject(name);
      case 3 -> parent.putArray(name).add(pick(TEXTS)).addNull();
      default -> parent.put(name, pick(TEXTS));
    }
  }
}
