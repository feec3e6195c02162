package org.muster.scim.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.muster.scim.bulk.Desk.statuses;
import static org.muster.scim.bulk.Desk.user;
import static org.muster.scim.bulk.Desk.userBody;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Limit;
import org.muster.scim.policy.Limits;
import org.muster.storage.memory.MemoryStorage;

/** Bulk requests that are wrong: a clear error, nothing half done, nothing left on the disk. */
class HostileBulkTest {
  private static final String SCHEMAS =
      "\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"]";
  @TempDir private Path folder;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(folder);
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private void assertRefused(String body, int status, String scimType, String detail) {
    assertThatThrownBy(() -> desk.body(body))
        .isInstanceOfSatisfying(
            ScimException.class,
            refused -> {
              assertThat(refused.status()).as(refused.getMessage()).isEqualTo(status);
              assertThat(refused.type().map(ScimException.Type::keyword).orElse(""))
                  .isEqualTo(scimType);
              assertThat(refused).hasMessageContaining(detail);
            });
    assertThat(desk.list(desk.users).at("/totalResults").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"text\"",
        "{",
        "{\"schemas\":[],\"Operations\":[]}",
        "{\"Operations\":[]}",
        "{\"schemas\":\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\",\"Operations\":[]}",
        "{SCHEMAS}",
        "{SCHEMAS,\"Operations\":{}}",
        "{SCHEMAS,\"Operations\":null}",
        "{SCHEMAS,\"Operations\":[1]}",
        "{SCHEMAS,\"Operations\":[null]}",
        "{SCHEMAS,\"Operations\":[[]]}",
        "{SCHEMAS,\"Operations\":[{]}",
        "{SCHEMAS,\"Operations\":[]} {}",
        "{SCHEMAS,\"Operations\":[],\"operations\":[]}",
        "{SCHEMAS,\"Operations\":[],\"Operations\":[]}",
        "{SCHEMAS,\"Operations\":[{\"method\":\"POST\",\"Method\":\"PUT\"}]}",
      })
  void whatIsNoBulkRequestIsInvalidSyntax(String body) {
    assertRefused(body.replace("SCHEMAS", SCHEMAS), 400, "invalidSyntax", "");
  }

  @Test
  void referencesThatNobodyCanDefineAreNotRemembered() {
    desk = withOperations(3);
    List<String> names = Stream.iterate(0, i -> i + 1).limit(7).map(i -> "bulkId:" + i).toList();
    assertThat(
            statuses(desk.run(Desk.group("g", "few", names.subList(0, 6).toArray(String[]::new)))))
        .containsExactly("400");
    assertRefused(
        Desk.request("", List.of(Desk.group("g", "many", names.toArray(String[]::new)))),
        400,
        "invalidValue",
        "bulkIds");
  }

  private Desk withOperations(long most) {
    Limits limits = new Limits(Map.of(Limit.BULK_OPERATIONS, most));
    return new Desk(new MemoryStorage(Clock.systemUTC()), folder, limits, Runnable::run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "\"1\"", "true", "[]"})
  void failOnErrorsIsAWholeNumber(String value) {
    assertRefused(
        "{" + SCHEMAS + ",\"failOnErrors\":" + value + ",\"Operations\":[]}",
        400,
        "invalidValue",
        "failOnErrors");
  }

  @Test
  void errorBehindGoodOperationsDoesNoneOfThem() {
    String good = user("a", "ann").replace('\'', '"');
    assertRefused(
        "{" + SCHEMAS + ",\"Operations\":[" + good + ",{\"method\"}]}",
        400,
        "invalidSyntax",
        "at line 1");
  }

  @Test
  void duplicateBulkIdIsRefused() {
    assertRefused(
        Desk.request("", List.of(user("a", "one"), user("a", "two"))),
        400,
        "invalidValue",
        "more than one operation");
  }

  @Test
  void textThatCantBeStoredIsRefused() {
    assertRefused(Desk.request("", List.of(user("a", "x\\u0000"))), 400, "invalidValue", "U+0000");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] body = {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'};
    assertThatThrownBy(() -> desk.bulk.run(Desk.call(), new ByteArrayInputStream(body), -1))
        .isInstanceOf(ScimException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void tooManyOperationsAreRefused() {
    for (int many : new int[] {1_001, 11_000}) {
      assertRefused(
          Desk.request("", Collections.nCopies(many, "{}")), 413, "tooLarge", "1000 operations");
    }
  }

  @Test
  void tooManyBytesAreRefusedWhateverTheLengthSays() {
    String large = "{\"x\":\"" + "y".repeat(Limits.USUAL.bulkOperations() * 10_600) + "\"}";
    assertRefused(large, 413, "tooLarge", "maxPayloadSize");
    assertThatThrownBy(() -> desk.bulk.run(Desk.call(), Desk.stream("{}"), 1L << 40))
        .isInstanceOf(ScimException.class)
        .hasMessageContaining("maxPayloadSize");
  }

  @Test
  void operationThatIsTooLargeIsRefused() {
    assertRefused(
        Desk.request("", List.of(user("a", "ann", "'title':'" + "t".repeat(1 << 20) + "'"))),
        413,
        "tooLarge",
        "Operations[0]");
  }

  @Test
  void deepNestingIsRefused() {
    assertRefused(
        "{" + SCHEMAS + ",\"Operations\":[{\"data\":" + "[".repeat(10_000),
        400,
        "invalidSyntax",
        "");
  }

  @Test
  void membersComeInAnyOrderAndUnknownOnesAreIgnored() {
    String operation =
        user("a", "ann").replaceFirst("\\{", "{'note':{'a':[1]},").replace('\'', '"');
    JsonNode answer =
        desk.body(
            "{\"x\":[{}],\"Operations\":["
                + operation
                + "],\"failOnErrors\":null,"
                + SCHEMAS
                + "}");
    assertThat(statuses(answer)).containsExactly("201");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'method':'GET','path':'/Users/x'} | 400 | method must be",
        "{'method':'BREW','path':'/Users/x'} | 400 | method must be",
        "{'method':5,'path':'/Users/x'} | 400 | method must be",
        "{'path':'/Users/x'} | 400 | method must be",
        "{'method':'DELETE'} | 400 | path must be",
        "{'method':'DELETE','path':7} | 400 | path must be",
        "{'method':'DELETE','path':'Users/x'} | 400 | relative to the base",
        "{'method':'DELETE','path':'https://example.com/v2/Users/x'} | 400 | relative to the base",
        "{'method':'DELETE','path':'//evil.example/Users/x'} | 400 | relative to the base",
        "{'method':'DELETE','path':'/t/other/scim/v2/Users/x'} | 400 | below the base",
        "{'method':'DELETE','path':'/../Users/x'} | 400 | below the base",
        "{'method':'DELETE','path':'/Users/x?a=b'} | 400 | relative to the base",
        "{'method':'DELETE','path':'/Users/%zz'} | 400 | percent-encoded",
        "{'method':'DELETE','path':'/Users'} | 400 | must name a resource",
        "{'method':'DELETE','path':'/Cars/x'} | 404 | no resource type",
        "{'method':'DELETE','path':'/Users/x'} | 404 | no User",
        "{'method':'DELETE','path':'/Users/x','version':5} | 400 | version",
        "{'method':'DELETE','path':'/Users/bulkId:x'} | 400 | bulkId of no POST",
        "{'method':'DELETE','path':'/Users/bulkId:'} | 400 | bulkId of no POST",
        "{'method':'POST','path':'/Bulk','bulkId':'b','data':{}} | 400 | can't hold another",
        "{'method':'POST','path':'/Users/x','bulkId':'b','data':{}} | 400 | endpoint",
        "{'method':'POST','path':'/Users','data':{}} | 400 | bulkId",
        "{'method':'POST','path':'/Users','bulkId':'','data':{}} | 400 | bulkId",
        "{'method':'POST','path':'/Users','bulkId':3,'data':{}} | 400 | bulkId",
        "{'method':'POST','path':'/Users','bulkId':'b'} | 400 | needs data",
        "{'method':'POST','path':'/Users','bulkId':'b','data':[]} | 400 | needs data",
        "{'method':'POST','path':'/Users','bulkId':'b','data':'{}'} | 400 | needs data",
        "{'method':'POST','path':'/Users','bulkId':'b','data':{}} | 400 | schemas",
        "{'method':'PUT','path':'/Users/x'} | 400 | needs data",
        "{'method':'PATCH','path':'/Users/x'} | 400 | needs data",
        "{'method':'PATCH','path':'/Users/x','data':{}} | 400 | schemas",
      })
  void wrongOperationFailsAloneAndSaysWhy(String operation, String status, String detail) {
    JsonNode answer = desk.run(user("before", "ann"), operation, user("after", "bob"));
    assertThat(statuses(answer)).containsExactly("201", status, "201");
    assertThat(answer.at("/Operations/1/response/detail").asText()).contains(detail);
  }

  @Test
  void referenceToNobodyFailsItsOperation() {
    JsonNode answer =
        desk.run(
            Desk.group("g", "G", "bulkId:nobody"),
            user("a", "ann", Desk.manager("bulkId:nobody")),
            "{'method':'PUT','path':'/Users/bulkId:a','bulkId':'p','data':" + userBody("x") + "}",
            Desk.group("h", "H", "bulkId:p"));
    assertThat(statuses(answer)).containsExactly("400", "400", "409", "400");
  }

  @Test
  void circleOverItsBoundIsRefusedAsAWhole() {
    Limits limits = new Limits(Map.of(Limit.BULK_OPERATIONS, 10_000L));
    Desk wide = new Desk(desk.storage, folder, limits, Runnable::run);
    String[] operations = new String[1_001];
    for (int i = 0; i < operations.length; i++) {
      operations[i] = Desk.group("g" + i, "g" + i, "bulkId:g" + (i + 1) % operations.length);
    }
    assertThat(statuses(wide.run(operations))).containsOnly("409").hasSize(1_001);
    assertThat(wide.list(wide.groups).at("/totalResults").asInt()).isZero();
  }

  @Test
  void circleOfLargeOperationsIsRefusedUnlessItIsOfOne() {
    String filler = "'x':'" + "f".repeat(600_000) + "'";
    assertThat(
            statuses(
                desk.run(
                    user("a", "ann", Desk.manager("bulkId:b"), filler),
                    user("b", "bob", Desk.manager("bulkId:a"), filler))))
        .containsExactly("409", "409");
    String larger = "'x':'" + "f".repeat(1_040_000) + "'";
    assertThat(statuses(desk.run(user("a", "ann", Desk.manager("bulkId:a"), larger))))
        .containsExactly("201");
  }
}
