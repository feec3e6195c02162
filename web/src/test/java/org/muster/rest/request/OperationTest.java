package org.muster.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.rest.exchange.Target;

/** The labels of requests in metrics. */
class OperationTest {

  @ParameterizedTest
  @CsvSource({
    "GET,    /scim/v2/Users,                    list",
    "POST,   /scim/v2/Users,                    create",
    "POST,   /scim/v2/Users/.search,            search",
    "GET,    /scim/v2/Users/1,                  get",
    "HEAD,   /t/acme/scim/v2/Users/1,           get",
    "PUT,    /scim/v2/Users/1,                  replace",
    "PATCH,  /scim/v2/Users/1,                  patch",
    "DELETE, /scim/v2/Users/1,                  delete",
    "GET,    /scim/v2/Groups/1/members,         members",
    "GET,    /scim/v2/Schemas/urn:x,            discovery",
    "GET,    /t/acme/scim/v2/ResourceTypes,     discovery",
    "POST,   /scim/v2/Users/1/.restore,         restore",
    "POST,   /t/acme/scim/v2/Users/1/.purge,    purge",
    "POST,   /scim/v2/Users/1/other,            other",
    "BREW,   /scim/v2/Users/1,                  other",
    "GET,    /scim/v2,                          list",
    "GET,    /scim/v2/,                         list",
    "POST,   /scim/v2/.search,                  search",
    "POST,   /scim/v2/Bulk,                     bulk",
    "GET,    /scim/v2/.async/1,                 bulk_status",
    "GET,    /scim/v2/Me,                       get",
    "POST,   /scim/v2/Me,                       create",
    "PATCH,  /t/acme/scim/v2/Me,                patch",
    "GET,    /scim/v2/Me/members,               members",
    "GET,    /admin/v1/tokens,                  protected",
    "GET,    /,                                 open",
  })
  void requestsAreNamedByWhatTheyDo(String method, String path, String label) {
    assertThat(Operation.of(Target.of(path), method).label()).isEqualTo(label);
  }
}
