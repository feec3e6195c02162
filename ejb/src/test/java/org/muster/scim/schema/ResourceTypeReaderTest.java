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

class ResourceTypeReaderTest {
  private static final BuiltInResourceTypes TYPES = new BuiltInResourceTypes();
  private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";

  @Test
  void searchableAttributesGetTheSpellingOfTheSchema() throws JsonProcessingException {
    ResourceType type =
        read(
            "{'name':'P','endpoint':'Ps','schema':'U','x-searchable':['USERNAME','Emails.VALUE']}");
    assertThat(type.endpoint()).isEqualTo("Ps");
    assertThat(type.searchable()).containsExactly("userName", "emails.value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'endpoint':'/Ps','schema':'U'}|name: is required",
        "{'name':'a/b','endpoint':'/Ps','schema':'U'}|name: must be",
        "{'name':'P','id':'Q','endpoint':'/Ps','schema':'U'}|id: must be the name",
        "{'name':'P','endpoint':'/a/b','schema':'U'}|endpoint: must be one path segment",
        "{'name':'P','endpoint':'/schemas','schema':'U'}|endpoint: is taken",
        "{'name':'P','endpoint':'/Ps','schema':'urn:x:y'}|schema: is not the URN of a known",
        "{'name':'P','endpoint':'/Ps','schema':'U','schemaExtensions':[{'schema':'U'}]}|twice",
        "{'name':'P','endpoint':'/Ps','schema':'U','x-labels':['emails']}|x-labels",
        "{'name':'P','endpoint':'/Ps','schema':'U','x-labels':['password']}|x-labels",
        "{'name':'P','endpoint':'/Ps','schema':'U','x-searchable':['password']}|x-searchable",
        "{'name':'P','endpoint':'/Ps','schema':'U','x-searchable':['emails']}|x-searchable",
        "{'name':'P','endpoint':'/Ps','schema':'U','x-searchable':['groups.value']}|x-searchable",
        "{'name':'P','endpoint':'/Ps','schema':'U','x-searchable':['meta.created']}|x-searchable",
        "{'name':'P','endpoint':'/Ps','schema':'U','searchable':[]}|'searchable'"
      })
  void hostileDefinitionsAreRefusedWithThePlace(String definition, String message) {
    assertThatThrownBy(() -> read(definition))
        .isInstanceOf(ScimException.class)
        .hasMessageContaining(message);
  }

  private static ResourceType read(String text) throws JsonProcessingException {
    JsonNode json =
        JsonDocument.MAPPER.readTree(text.replace('\'', '"').replace("\"U\"", '"' + USER + '"'));
    return ResourceTypeReader.read(json, urn -> TYPES.schema(TenantId.DEFAULT, urn));
  }
}
