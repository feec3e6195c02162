package org.muster.scim.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;

/** The schema files against RFC 7643 section 8.7.1. */
class SchemaFilesTest {
  private static final String EXACT_REFERENCE = "references are case exact (section 2.3.7)";
  private static final String EXACT_ID = "the id of a resource is case exact (section 3.1)";

  /** Where the files differ from section 8.7.1 on purpose, since the text says otherwise. */
  private static final Map<String, String> DIFFERENT =
      Map.ofEntries(
          Map.entry("User:profileUrl", EXACT_REFERENCE),
          Map.entry("User:password", "a password is never compared in any case"),
          Map.entry("User:groups.value", EXACT_ID),
          Map.entry("User:groups.$ref", EXACT_REFERENCE + "; only groups have members"),
          Map.entry("Group:displayName", "it is REQUIRED (section 4.2)"),
          Map.entry("Group:members.value", EXACT_ID),
          Map.entry("Group:members.$ref", EXACT_REFERENCE),
          Map.entry("EnterpriseUser:manager.value", EXACT_ID + "; RECOMMENDED (section 4.3)"),
          Map.entry(
              "EnterpriseUser:manager.$ref", EXACT_REFERENCE + "; RECOMMENDED (section 4.3)"));

  @Test
  void everyCharacteristicIsThatOfTheRfcButForKnownDifferences() throws IOException {
    Map<String, String> expected = expected();
    Map<String, String> actual = actual();
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    List<String> different =
        actual.keySet().stream()
            .filter(path -> !Objects.equals(actual.get(path), expected.get(path)))
            .toList();
    assertThat(different).containsExactlyInAnyOrderElementsOf(DIFFERENT.keySet());
  }

  @Test
  void everyAttributeIsDescribed() {
    for (ResourceType type : new BuiltInResourceTypes().all(TenantId.DEFAULT)) {
      assertThat(type.schema().attributes()).noneMatch(a -> a.description().isBlank());
      assertThat(type.schema().attributes())
          .flatExtracting(Attribute::subAttributes)
          .noneMatch(a -> a.description().isBlank());
    }
  }

  private static Map<String, String> actual() {
    Map<String, String> actual = new TreeMap<>();
    for (ResourceType type : new BuiltInResourceTypes().all(TenantId.DEFAULT)) {
      add(actual, type.schema().name() + ":", type.schema().attributes());
      type.extensions().stream()
          .map(ResourceType.Extension::schema)
          .forEach(schema -> add(actual, schema.name() + ":", schema.attributes()));
    }
    return actual;
  }

  private static void add(
      Map<String, String> characteristics, String prefix, List<Attribute> attributes) {
    for (Attribute a : attributes) {
      characteristics.put(
          prefix + a.name(),
          String.join(
              " ",
              SchemaWords.word(a.type()),
              Boolean.toString(a.multiValued()),
              Boolean.toString(a.required()),
              Boolean.toString(a.caseExact()),
              SchemaWords.word(a.mutability()),
              SchemaWords.word(a.returned()),
              SchemaWords.word(a.uniqueness()),
              a.canonicalValues().isEmpty() ? "-" : String.join(",", a.canonicalValues()),
              a.referenceTypes().isEmpty() ? "-" : String.join(",", a.referenceTypes())));
      add(characteristics, prefix + a.name() + ".", a.subAttributes());
    }
  }

  private static Map<String, String> expected() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            SchemaFilesTest.class.getResourceAsStream("/scim/rfc7643-8.7.1.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toMap(line -> line[0], line -> line[1], (a, b) -> a, TreeMap::new));
    }
  }
}
