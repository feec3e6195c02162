package org.muster.scim.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.muster.scim.edit.Samples.ENTERPRISE;
import static org.muster.scim.edit.Samples.GROUP;
import static org.muster.scim.edit.Samples.USER;
import static org.muster.scim.edit.Samples.group;
import static org.muster.scim.edit.Samples.object;
import static org.muster.scim.edit.Samples.patch;
import static org.muster.scim.edit.Samples.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.scim.edit.Edit.LinkEdit;
import org.muster.scim.edit.Edit.LinkValue;

/** The examples of RFC 7643 section 8 and of RFC 7644 section 3.5.2. */
class RfcExamplesTest {
  private static final String BABS = "2819c223-7f76-453a-919d-413861904646";
  private static final String ADDRESS =
      "{'type': 'work', 'streetAddress': '911 Universal City Plaza',"
          + " 'locality': 'Hollywood', 'region': 'CA', 'postalCode': '91608', 'country': 'US',"
          + " 'formatted': '911 Universal City Plaza\\nHollywood, CA 91608 US', 'primary': true}";

  @Test
  void addOfMembersPage36() {
    Edit edit =
        patch(
            GROUP,
            group(""),
            "{'op': 'add', 'path': 'members', 'value': [{'display': 'Babs Jensen', '$ref':"
                + " 'https://example.com/v2/Users/2819c223...413861904646', 'value': '"
                + BABS
                + "'}]}");
    LinkEdit.Add add = (LinkEdit.Add) edit.links().get(0);
    assertThat(add.values()).isEqualTo(List.of(new LinkValue(BABS, Optional.empty())));
  }

  @Test
  void addWithoutPathPage37() {
    Edit edit =
        patch(
            USER,
            user(""),
            "{'op': 'add', 'value': {'emails': [{'value': 'babs@jensen.org', 'type': 'home'}],"
                + " 'nickname': 'Babs'}}");
    assertThat(edit.document())
        .isEqualTo(
            user("'emails': [{'value': 'babs@jensen.org', 'type': 'home'}], 'nickName': 'Babs'"));
  }

  @Test
  void removeOfAMemberPage38() {
    Edit edit =
        patch(
            GROUP,
            group(""),
            "{'op': 'remove', 'path': 'members[value eq \\\"2819c223-7f76-...413861904646\\\"]'}");
    LinkEdit.Remove remove = (LinkEdit.Remove) edit.links().get(0);
    assertThat(remove.values())
        .isEqualTo(List.of(new LinkValue("2819c223-7f76-...413861904646", Optional.empty())));
  }

  @Test
  void removeOfAllMembersPage38() {
    LinkEdit edit = patch(GROUP, group(""), "{'op': 'remove', 'path': 'members'}").links().get(0);
    assertThat(((LinkEdit.Replace) edit).values()).isEmpty();
  }

  @Test
  void removeOfAnEmailByTwoSubAttributesPage39() {
    Edit edit =
        patch(
            USER,
            user(
                "'emails': [{'value': 'a@example.com', 'type': 'work'},"
                    + " {'value': 'a@example.org', 'type': 'work'}]"),
            "{'op': 'remove', 'path':"
                + " 'emails[type eq \\\"work\\\" and value ew \\\"example.com\\\"]'}");
    assertThat(edit.document())
        .isEqualTo(user("'emails': [{'value': 'a@example.org', 'type': 'work'}]"));
  }

  @Test
  void removeAndAddOfAMemberPage39() {
    Edit edit =
        patch(
            GROUP,
            group(""),
            "{'op': 'remove', 'path': 'members[value eq \\\"2819c223...919d-413861904646\\\"]'},"
                + " {'op': 'add', 'path': 'members', 'value': [{'display': 'James Smith', '$ref':"
                + " 'https://example.com/v2/Users/08e1d05d...473d93df9210',"
                + " 'value': '08e1d05d...473d93df9210'}]}");
    assertThat(edit.links()).hasSize(2);
    assertThat(edit.links().get(0)).isInstanceOf(LinkEdit.Remove.class);
    assertThat(edit.links().get(1)).isInstanceOf(LinkEdit.Add.class);
  }

  @Test
  void replaceOfAllMembersPage41() {
    Edit edit =
        patch(
            GROUP,
            group(""),
            "{'op': 'replace', 'path': 'members', 'value': [{'display': 'Babs Jensen', '$ref':"
                + " 'https://example.com/v2/Users/2819c223...413861904646', 'value': '2819c223'},"
                + " {'display': 'James Smith', '$ref':"
                + " 'https://example.com/v2/Users/08e1d05d...473d93df9210', 'value': '08e1d05d'}]}");
    assertThat(((LinkEdit.Replace) edit.links().get(0)).values())
        .extracting(LinkValue::id)
        .containsExactly("2819c223", "08e1d05d");
  }

  @Test
  void replaceOfAWorkAddressPage42() {
    Edit edit =
        patch(
            USER,
            user("'addresses': [{'type': 'home', 'country': 'CH'}, {'type': 'work', 'x': 1}]"),
            "{'op': 'replace', 'path': 'addresses[type eq \\\"work\\\"]', 'value': "
                + ADDRESS
                + "}");
    assertThat(edit.document())
        .isEqualTo(user("'addresses': [{'type': 'home', 'country': 'CH'}, " + ADDRESS + "]"));
  }

  @Test
  void replaceOfTheStreetOfAWorkAddressPage43() {
    Edit edit =
        patch(
            USER,
            user("'addresses': [" + ADDRESS + "]"),
            "{'op': 'replace', 'path': 'addresses[type eq \\\"work\\\"].streetAddress',"
                + " 'value': '1010 Broadway Ave'}");
    assertThat(edit.document().at("/addresses/0/streetAddress").textValue())
        .isEqualTo("1010 Broadway Ave");
    assertThat(edit.document().at("/addresses/0")).hasSize(8);
  }

  @Test
  void replaceWithoutPathPage43() {
    Edit edit =
        patch(
            USER,
            user("'emails': [{'value': 'old', 'type': 'work'}], 'nickName': 'B'"),
            "{'op': 'replace', 'value': {'emails': [{'value': 'bjensen@example.com', 'type':"
                + " 'work', 'primary': true}, {'value': 'babs@jensen.org', 'type': 'home'}],"
                + " 'nickname': 'Babs'}}");
    assertThat(edit.document())
        .isEqualTo(
            user(
                "'emails': [{'value': 'bjensen@example.com', 'type': 'work', 'primary': true},"
                    + " {'value': 'babs@jensen.org', 'type': 'home'}], 'nickName': 'Babs'"));
  }

  @Test
  void theEnterpriseUserOfSection83() {
    Edit edit = ResourceValidation.create(USER, enterpriseUser());
    ObjectNode document = edit.document();
    ObjectNode expected = enterpriseUser();
    expected.remove(List.of("id", "meta", "groups", "password"));
    ((ObjectNode) expected.get(ENTERPRISE)).remove("manager");
    assertThat(document).isEqualTo(expected);
    assertThat(edit.secrets()).isEqualTo(Map.of("password", Optional.of("t1meMa$heen")));
    assertThat(((LinkEdit.Replace) edit.links().get(0)).values())
        .isEqualTo(
            List.of(new LinkValue("26118915-6090-4610-87e4-49d8ca9f808d", Optional.empty())));
    assertThat(ResourceValidation.replace(USER, document, enterpriseUser()).documentChanged())
        .isFalse();
  }

  /** About 3 KB, most of what a user can have. */
  static ObjectNode enterpriseUser() {
    return object(
        "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User', '"
            + ENTERPRISE
            + "'], 'id': '"
            + BABS
            + "', 'externalId': '701984', 'userName': 'bjensen@example.com', 'name':"
            + " {'formatted': 'Ms. Barbara J Jensen, III', 'familyName': 'Jensen', 'givenName':"
            + " 'Barbara', 'middleName': 'Jane', 'honorificPrefix': 'Ms.',"
            + " 'honorificSuffix': 'III'}, 'displayName': 'Babs Jensen', 'nickName': 'Babs',"
            + " 'profileUrl': 'https://login.example.com/bjensen', 'emails': [{'value':"
            + " 'bjensen@example.com', 'type': 'work', 'primary': true}, {'value':"
            + " 'babs@jensen.org', 'type': 'home'}], 'addresses': [{'streetAddress':"
            + " '100 Universal City Plaza', 'locality': 'Hollywood', 'region': 'CA',"
            + " 'postalCode': '91608', 'country': 'USA', 'formatted':"
            + " '100 Universal City Plaza\\nHollywood, CA 91608 USA', 'type': 'work',"
            + " 'primary': true}, {'streetAddress': '456 Hollywood Blvd', 'locality':"
            + " 'Hollywood', 'region': 'CA', 'postalCode': '91608', 'country': 'USA',"
            + " 'formatted': '456 Hollywood Blvd\\nHollywood, CA 91608 USA', 'type': 'home'}],"
            + " 'phoneNumbers': [{'value': '555-555-5555', 'type': 'work'}, {'value':"
            + " '555-555-4444', 'type': 'mobile'}], 'ims': [{'value': 'someaimhandle', 'type':"
            + " 'aim'}], 'photos': [{'value': 'https://photos.example.com/profilephoto/F',"
            + " 'type': 'photo'}, {'value': 'https://photos.example.com/profilephoto/T', 'type':"
            + " 'thumbnail'}], 'userType': 'Employee', 'title': 'Tour Guide',"
            + " 'preferredLanguage': 'en-US', 'locale': 'en-US', 'timezone':"
            + " 'America/Los_Angeles', 'active': true, 'password': 't1meMa$heen', 'groups':"
            + " [{'value': 'e9e30dba-f08f-4109-8486-d5c6a331660a', '$ref':"
            + " '../Groups/e9e30dba-f08f-4109-8486-d5c6a331660a', 'display': 'Tour Guides'}],"
            + " 'x509Certificates': [{'value': 'MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAwTjEL'}],"
            + " '"
            + ENTERPRISE
            + "': {'employeeNumber': '701984', 'costCenter': '4130', 'organization':"
            + " 'Universal Studios', 'division': 'Theme Park', 'department': 'Tour Operations',"
            + " 'manager': {'value': '26118915-6090-4610-87e4-49d8ca9f808d', '$ref':"
            + " '../Users/26118915-6090-4610-87e4-49d8ca9f808d', 'displayName': 'John Smith'}},"
            + " 'meta': {'resourceType': 'User', 'created': '2010-01-23T04:56:22Z',"
            + " 'lastModified': '2011-05-13T04:42:34Z', 'version': 'W\\/\\\"3694e05e9dff591\\\"',"
            + " 'location': 'https://example.com/v2/Users/2819c223'}}");
  }
}
