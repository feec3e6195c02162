package org.muster.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random changes of a collection's entries, and what is there after them. */
public final class RandomState {
  private static final List<String> ODD =
      List.of(
          "a/b",
          "a",
          "/",
          "\"",
          "'",
          "\\",
          "%",
          "_",
          " ",
          "\n",
          "\u0001",
          "\u007f",
          "a:b",
          "a,b",
          "é",
          "e\u0301",
          "\u2028",
          "\ud7ff",
          "\ue000",
          "\uffee",
          "\uffff",
          "😀",
          "\ud840\udc00",
          "\udb40\udc00",
          "\udb80\udc00",
          "\udbc0\udc00",
          "x".repeat(255),
          "😀".repeat(127));

  private final Random random;
  private final int spread;
  private final Map<EntryName, Digest> content = new LinkedHashMap<>();

  /**
   * An empty collection of users.
   *
   * @param spread how many different documents there may be; half as many links
   */
  public RandomState(long seed, int spread) {
    this.random = new Random(seed);
    this.spread = spread;
  }

  /** What is there now. */
  Map<EntryName, Digest> content() {
    return content;
  }

  Random random() {
    return random;
  }

  /** Some changes. */
  public List<EntryChange> changes(int count, int percentRemoved) {
    List<EntryChange> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      EntryName name = name();
      EntryChange change =
          random.nextInt(100) < percentRemoved ? EntryChange.remove(name) : put(name);
      changes.add(change);
      note(change);
    }
    return changes;
  }

  void note(EntryChange change) {
    if (change.value().isPresent()) {
      content.put(change.name(), change.value().get());
    } else {
      content.remove(change.name());
    }
  }

  EntryChange put(EntryName name) {
    return new EntryChange(
        name,
        Optional.of(
            name instanceof EntryName.Link ? Digest.NONE : new Digest(random.nextInt(3), 0, 0, 1)));
  }

  EntryName name() {
    return random.nextInt(3) == 0
        ? new EntryName.Link(
            "User", id(random.nextInt(spread)), "manager", "User", id(random.nextInt(3)))
        : new EntryName.Document("User", id(random.nextInt(spread)));
  }

  private static String id(int number) {
    return number < ODD.size() ? ODD.get(number) : "u" + number;
  }

  /** What makes an empty tree hold the content, in a random order. */
  List<EntryChange> puts() {
    List<EntryChange> puts = new ArrayList<>();
    content.forEach((name, value) -> puts.add(new EntryChange(name, Optional.of(value))));
    Collections.shuffle(puts, random);
    return puts;
  }
}
