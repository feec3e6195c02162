package org.muster.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Coercions;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Profile;
import org.muster.scim.policy.ShippedProfiles;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypeReader;
import org.muster.scim.schema.SchemaDefinition;
import org.muster.scim.schema.SchemaReader;
import org.muster.storage.ExpressionJudge;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/** Laws of filters, tried on random ones over a schema of every type of attribute. */
class FilterLawsTest {
  private static final long SEED = new Random().nextLong();
  private static final ResourceType THING = thing();
  private static final List<AttributePath> ATTRIBUTES =
      THING.schema().attributes().stream()
          .map(a -> new AttributePath(Optional.empty(), a, Optional.empty()))
          .toList();

  private final Random random = new Random(SEED);
  private final RandomFilters filters = new RandomFilters(random, ATTRIBUTES);

  @Test
  void aPrintedFilterParsesToItself() {
    for (int i = 0; i < 5_000; i++) {
      Filter filter = filters.next(3);
      assertThat(FilterParser.parse(THING, filter.toString())).as("seed " + SEED).isEqualTo(filter);
    }
  }

  @Test
  void everyProfileReadsAConformantFilterAlike() {
    Coercions heard = new Coercions();
    for (int i = 0; i < 2_000; i++) {
      Filter filter = filters.next(3);
      for (Profile profile : ShippedProfiles.all().all()) {
        assertThat(FilterParser.parse(THING, filter.toString(), new Leniency(profile, heard)))
            .as("seed " + SEED)
            .isEqualTo(filter);
      }
    }
    assertThat(heard.all()).as("seed " + SEED).isEmpty();
  }

  @Test
  void whatStorageFindsIsWhatTheFilterMeans() {
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      Filter filter = filters.next(2);
      ObjectNode document = document();
      boolean matches = FilterEvaluation.matches(filter, document);
      ExpressionJudge judge =
          new ExpressionJudge(FilterTranslator.translate(THING, filter), (key, link) -> false);
      assertThat(judge.test(stored(document)))
          .as("seed %s, %s, %s", SEED, filter, document)
          .isEqualTo(matches);
      found += matches ? 1 : 0;
    }
    assertThat(found).isBetween(2_000, 18_000);
  }

  @Test
  void garbageIsNeverWorseThanARefusedFilter() {
    String[] pieces = {
      "s",
      "c.s",
      "c[",
      "]",
      "(",
      ")",
      "not",
      " ",
      " ",
      " ",
      "and",
      "or",
      "eq",
      "pr",
      "gt",
      "\"a\"",
      "\"",
      "\\u",
      "5",
      "-",
      "1e",
      "1e999999999",
      "1e-999999999",
      "true",
      "null",
      "n",
      "b",
      "t",
      "\uD800",
      "\0",
      "urn:x:Thing:s",
      ".",
      "schemas",
      "meta.created",
      "id",
      "9".repeat(500)
    };
    int parsed = 0;
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0, n = random.nextInt(10); j < n; j++) {
        text.append(pieces[random.nextInt(pieces.length)]);
        text.append(random.nextInt(3) > 0 ? " " : "");
      }
      parsed += isRefused(text.toString()) ? 0 : 1;
    }
    assertThat(parsed).as("seed " + SEED).isPositive();
  }

  @Test
  void aDamagedFilterIsNeverWorseThanARefusedOne() {
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(filters.next(2).toString());
      for (int j = 0, n = 1 + random.nextInt(3); j < n && text.length() > 0; j++) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.deleteCharAt(at);
        } else {
          text.insert(at, (char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
        }
      }
      isRefused(text.toString());
    }
  }

  private static boolean isRefused(String text) {
    try {
      FilterTranslator.translate(THING, FilterParser.parse(THING, text));
      return false;
    } catch (ScimException e) {
      assertThat(e.status()).isEqualTo(400);
      return true;
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + SEED + ": " + text, e);
    }
  }

  private ObjectNode document() {
    ObjectNode document = JsonDocument.MAPPER.createObjectNode();
    for (Attribute attribute : THING.schema().attributes()) {
      if (random.nextInt(3) == 0) {
        continue;
      }
      if (!attribute.multiValued()) {
        put(document, attribute);
        continue;
      }
      ArrayNode values = document.putArray(attribute.name());
      for (int i = 0, n = random.nextInt(3); i < n; i++) {
        ObjectNode value = JsonDocument.MAPPER.createObjectNode();
        put(value, attribute);
        values.add(value.get(attribute.name()));
      }
    }
    return document;
  }

  private void put(ObjectNode parent, Attribute attribute) {
    if (attribute.type() == Attribute.Type.COMPLEX) {
      ObjectNode value = parent.putObject(attribute.name());
      for (Attribute sub : attribute.subAttributes()) {
        if (random.nextInt(3) > 0) {
          put(value, sub);
        }
      }
    } else {
      parent.set(attribute.name(), filters.value(attribute.type()));
    }
  }

  private static Stored stored(ObjectNode document) {
    return new Stored(
        new StorageKey(TenantId.DEFAULT, "Thing", "1"),
        new Version(1),
        Instant.EPOCH,
        Instant.EPOCH,
        "",
        JsonDocument.of(document),
        List.of());
  }

  private static ResourceType thing() {
    String values =
        "{'name':'s'},{'name':'e','caseExact':true},{'name':'b','type':'boolean'},"
            + "{'name':'n','type':'decimal'},{'name':'i','type':'integer'},"
            + "{'name':'t','type':'dateTime'},{'name':'x','type':'binary'},"
            + "{'name':'r','type':'reference'}";
    try {
      SchemaDefinition schema =
          SchemaReader.read(
              JsonDocument.MAPPER.readTree(
                  ("{'id':'urn:x:Thing','attributes':["
                          + values
                          + ",{'name':'m','multiValued':true}"
                          + ",{'name':'c','type':'complex','multiValued':true,'subAttributes':["
                          + values
                          + "]},{'name':'o','type':'complex','subAttributes':["
                          + values
                          + "]}]}")
                      .replace('\'', '"')));
      return ResourceTypeReader.read(
          JsonDocument.MAPPER.readTree(
              "{'name':'Thing','endpoint':'/Things','schema':'urn:x:Thing','x-searchable':['s','c.s','m','n']}"
                  .replace('\'', '"')),
          urn -> Optional.of(schema));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
