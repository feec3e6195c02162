package org.muster.scim.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypeReader;
import org.muster.scim.schema.SchemaReader;
import org.muster.storage.JsonDocument;

class DisclosureTest {
  private static final String MORE = "urn:x:M/1";
  private final Disclosure disclosure = Disclosure.of(type());

  private static ResourceType type() {
    String attributes =
        "'attributes':[{'name':'shown'},{'name':'pin','returned':'never'},"
            + "{'name':'asked','returned':'request'},"
            + "{'name':'vault','type':'complex','returned':'never','subAttributes':["
            + "{'name':'key'}]},"
            + "{'name':'cards','type':'complex','multiValued':true,'subAttributes':["
            + "{'name':'value'},{'name':'cvc','returned':'never'}]}]";
    return ResourceTypeReader.read(
        json(
            "{'name':'T','endpoint':'/Ts','schema':'urn:x:T','schemaExtensions':[{'schema':'"
                + MORE
                + "','required':false}]}"),
        urn ->
            Optional.of(
                SchemaReader.read((ObjectNode) json("{'id':'" + urn + "'," + attributes + "}"))));
  }

  @Test
  void attributesThatAreNeverReturnedAreNotToldWhereverTheyStand() {
    ObjectNode document =
        (ObjectNode)
            json(
                "{'schemas':['urn:x:T'],'externalId':'e','shown':'s','pin':'SECRET','asked':'a',"
                    + "'vault':{'key':'SECRET'},'cards':[{'value':'1','cvc':'SECRET'},{'value':'2'}],"
                    + "'"
                    + MORE
                    + "':{'shown':'s','PIN':'SECRET','cards':[{'cvc':'SECRET','value':'3'}]}}");
    String before = document.toString();
    assertThat(disclosure.document(document))
        .isEqualTo(
            json(
                "{'schemas':['urn:x:T'],'externalId':'e','shown':'s','asked':'a',"
                    + "'cards':[{'value':'1'},{'value':'2'}],"
                    + "'"
                    + MORE
                    + "':{'shown':'s','cards':[{'value':'3'}]}}"));
    assertThat(document).as("the stored one").hasToString(before);
  }

  @Test
  void whatTheTypeDoesNotHaveAnyMoreIsNotTold() {
    assertThat(
            disclosure.document(
                (ObjectNode) json("{'shown':'s','gone':'SECRET','urn:y:Z':{'a':'SECRET'}}")))
        .isEqualTo(json("{'shown':'s'}"));
    assertThat(Disclosure.NOTHING.document((ObjectNode) json("{'schemas':['x'],'a':1}")))
        .isEqualTo(json("{}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'op':'replace','path':'/shown','fromValue':'a','value':'b'}"
            + "|{'op':'replace','path':'/shown','fromValue':'a','value':'b'}",
        "{'op':'replace','path':'/pin','fromValue':'SECRET','value':'SECRET'}|",
        "{'op':'add','path':'/Pin','value':'SECRET'}|",
        "{'op':'add','path':'/vault/key','value':'SECRET'}|",
        "{'op':'remove','path':'/cards/0','value':{'value':'1','cvc':'SECRET'}}"
            + "|{'op':'remove','path':'/cards/0','value':{'value':'1'}}",
        "{'op':'add','path':'/cards/-','value':{'value':'1','cvc':'SECRET'}}"
            + "|{'op':'add','path':'/cards/-','value':{'value':'1'}}",
        "{'op':'add','path':'/cards','value':[{'value':'1','cvc':'SECRET'}]}"
            + "|{'op':'add','path':'/cards','value':[{'value':'1'}]}",
        "{'op':'replace','path':'/cards/1/cvc','fromValue':'SECRET','value':'SECRET'}|",
        "{'op':'replace','path':'/urn:x:M~11/pin','value':'SECRET'}|",
        "{'op':'replace','path':'/urn:x:M~11/asked','value':'x'}"
            + "|{'op':'replace','path':'/urn:x:M~11/asked','value':'x'}",
        "{'op':'add','path':'/urn:x:M~11','value':{'pin':'SECRET','shown':'x'}}"
            + "|{'op':'add','path':'/urn:x:M~11','value':{'shown':'x'}}",
        "{'op':'replace','path':'','value':{'pin':'SECRET','shown':'x'}}"
            + "|{'op':'replace','path':'','value':{'shown':'x'}}",
        "{'op':'add','path':'/gone/0/x','value':'SECRET'}|"
      })
  void changesOfThemAreNotTold(String change, String told) {
    ArrayNode changes = (ArrayNode) json("[" + change + "]");
    String before = changes.toString();
    assertThat(disclosure.changes(changes)).isEqualTo(json("[" + (told == null ? "" : told) + "]"));
    assertThat(changes).as("the stored ones").hasToString(before);
  }

  @Test
  void whatUsersHaveIsTold() {
    ResourceType user = new BuiltInResourceTypes().byName(TenantId.DEFAULT, "User").orElseThrow();
    JsonNode ann =
        json(
            "{'schemas':['s'],'userName':'ann','name':{'familyName':'A'},'active':true,"
                + "'emails':[{'value':'a@x','type':'work','primary':true,'display':'d'}],"
                + "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':"
                + "{'employeeNumber':'7'}}");
    assertThat(Disclosure.of(user).document((ObjectNode) ann)).isEqualTo(ann);
  }

  private static JsonNode json(String text) {
    try {
      return JsonDocument.MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new ScimException(400, text);
    }
  }
}
