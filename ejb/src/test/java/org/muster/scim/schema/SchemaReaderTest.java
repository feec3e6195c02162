package org.muster.scim.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.storage.JsonDocument;

class SchemaReaderTest {
  @Test
  void missingCharacteristicsHaveTheDefaultsOfSection22() throws JsonProcessingException {
    SchemaDefinition schema =
        SchemaReader.read(json("{'id':'urn:x:Thing','attributes':[{'name':'size'}]}"));
    Attribute size = schema.attributes().get(0);
    assertThat(schema.name()).isEqualTo("Thing");
    assertThat(size.type()).isEqualTo(Attribute.Type.STRING);
    assertThat(size.required()).isFalse();
    assertThat(size.caseExact()).isFalse();
    assertThat(size.mutability()).isEqualTo(Attribute.Mutability.READ_WRITE);
    assertThat(size.returned()).isEqualTo(Attribute.Returned.DEFAULT);
    assertThat(size.uniqueness()).isEqualTo(Attribute.Uniqueness.NONE);
  }

  @Test
  void whatIsWrittenReadsTheSameButForLinks() {
    SchemaDefinition enterprise =
        new BuiltInResourceTypes()
            .schema(TenantId.DEFAULT, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
            .orElseThrow();
    JsonNode written = SchemaWriter.write(enterprise);
    assertThat(written.toString()).doesNotContain("x-link");
    SchemaDefinition read = SchemaReader.read(written);
    assertThat(read.attributes().subList(0, 5)).isEqualTo(enterprise.attributes().subList(0, 5));
    assertThat(read.attributes().get(5).subAttributes())
        .isEqualTo(enterprise.attributes().get(5).subAttributes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|must be a JSON object",
        "{'attributes':[{'name':'a'}]}|id: is required",
        "{'id':'Thing','attributes':[{'name':'a'}]}|id: must be a URN",
        "{'id':'urn:x:T'}|attributes: must have at least one attribute",
        "{'id':'urn:x:T','attributes':{}}|attributes: must be a list",
        "{'id':'urn:x:T','attributes':[7]}|attributes[0]: must be a JSON object",
        "{'id':'urn:x:T','attributes':[{'name':'a b'}]}|attributes[0].name: must be a letter",
        "{'id':'urn:x:T','attributes':[{'name':'a'},{'name':'A'}]}|attributes[1].name: is taken",
        "{'id':'urn:x:T','attributes':[{'name':'Meta'}]}|attributes[0].name: must not be that of the common",
        "{'id':'urn:x:T','attributes':[{'name':'a','type':'text'}]}|[0].type: must be one of",
        "{'id':'urn:x:T','attributes':[{'name':'a','mutabilty':'readOnly'}]}|'mutabilty'",
        "{'id':'urn:x:T','attributes':[{'name':'a','required':'yes'}]}|must be true or false",
        "{'id':'urn:x:T','attributes':[{'name':'a','type':'complex'}]}|must have at least one",
        "{'id':'urn:x:T','attributes':[{'name':'a','subAttributes':[{'name':'b'}]}]}|complex",
        "{'id':'urn:x:T','attributes':[{'name':'a','mutability':'writeOnly'}]}|must be never",
        "{'id':'urn:x:T','attributes':[{'name':'a','multiValued':true,'uniqueness':'server'}]}"
            + "|uniqueness: must be none",
        "{'id':'urn:x:T','attributes':[{'name':'a','type':'complex','subAttributes':[{'name':'b',"
            + "'type':'complex','subAttributes':[{'name':'c'}]}]}]}|must not be complex",
        "{'id':'urn:x:T','attributes':[{'name':'a','x-link':{'relation':'r','types':['User']}}]}"
            + "|x-link: is for complex attributes",
        "{'id':'urn:x:T','attributes':[{'name':'a','canonicalValues':['x','x']}]}|twice",
        "{'id':'urn:x:T','attributes':[{'name':'a','required':true,'mutability':'readOnly'}]}"
            + "|attributes[0].required: must be false",
        "{'id':'urn:x:T','attributes':[{'name':'a','type':'boolean','canonicalValues':['x']}]}"
            + "|attributes[0].canonicalValues: are for strings",
        "{'id':'urn:x:T','attributes':[{'name':'a','referenceTypes':['User']}]}"
            + "|attributes[0].referenceTypes: are for references",
        "{'id':'urn:x:T','attributes':[{'name':'a','type':'complex','uniqueness':'server',"
            + "'subAttributes':[{'name':'b'}]}]}|attributes[0].uniqueness: must be none",
        "{'id':'urn:x:T','attributes':[{'name':'a'},{'name':'b','type':'complex','subAttributes':"
            + "[{'name':'c','type':'thing'}]}]}|attributes[1].subAttributes[0].type: must be one of",
        "{'id':'urn:x:T','attributes':[{'name':'$ref','type':'reference'}]}|attributes[0].name",
        "{'id':'urn:x:T','attributes':[{'name':'urn:y:z'}]}|attributes[0].name: must be a letter",
        "{'id':'urn:x:T','attributes':[{'name':null}]}|attributes[0].name: is required",
        "{'id':'urn:x:T','attributes':[{'name':'externalid'}]}|common attribute"
      })
  void hostileDefinitionsAreRefusedWithThePlace(String definition, String message) {
    assertThatThrownBy(() -> SchemaReader.read(json(definition)))
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> {
              assertThat(e.status()).isEqualTo(400);
              assertThat(e.type()).contains(ScimException.Type.INVALID_VALUE);
            })
        .hasMessageContaining(message);
  }

  @Test
  void numberOfAttributesAndLengthOfTextsAreBounded() throws JsonProcessingException {
    String many = String.join(",", java.util.Collections.nCopies(10_000, "{'name':'a'}"));
    assertRefused("{'id':'urn:x:T','attributes':[" + many + "]}", "at most 1,000 items");
    String subs =
        java.util.stream.IntStream.range(0, 400)
            .mapToObj(i -> "{'name':'s" + i + "'}")
            .collect(java.util.stream.Collectors.joining(","));
    String complex =
        java.util.stream.IntStream.range(0, 3)
            .mapToObj(i -> "{'name':'c" + i + "','type':'complex','subAttributes':[" + subs + "]}")
            .collect(java.util.stream.Collectors.joining(","));
    assertRefused("{'id':'urn:x:T','attributes':[" + complex + "]}", "1,000 attributes");
    assertRefused(
        "{'id':'urn:x:T','description':'" + "x".repeat(1 << 20) + "','attributes':[{'name':'a'}]}",
        "description: must be at most 4,000");
  }

  private static void assertRefused(String definition, String message) {
    assertThatThrownBy(() -> SchemaReader.read(json(definition)))
        .isInstanceOf(ScimException.class)
        .hasMessageContaining(message);
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return JsonDocument.MAPPER.readTree(text.replace('\'', '"'));
  }
}
