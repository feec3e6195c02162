package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.scim2.client.ScimService;
import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.messages.SortOrder;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.EnterpriseUserExtension;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.Member;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.ResourceTypeResource;
import com.unboundid.scim2.common.types.SchemaResource;
import com.unboundid.scim2.common.types.ServiceProviderConfigResource;
import com.unboundid.scim2.common.types.UserResource;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.HttpUrlConnectorProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that others wrote, the UnboundID SCIM 2 SDK, does with us what it does. */
class IndependentClientIT extends Protocol {
  private final Client http = client();
  private final ScimService service = new ScimService(http.target(scimUrl()));

  /** The way to PATCH over Java's URL connections, which don't know the method. */
  private static Client client() {
    ClientConfig config =
        new ClientConfig().property(HttpUrlConnectorProvider.SET_METHOD_WORKAROUND, true);
    ClientRequestFilter credential =
        request -> request.getHeaders().putSingle("Authorization", "Bearer " + token());
    return ClientBuilder.newClient(config).register(credential);
  }

  @AfterEach
  void close() {
    http.close();
  }

  private UserResource create(String userName) throws ScimException {
    UserResource user = new UserResource();
    user.setUserName(userName);
    user.setName(new Name().setGivenName("Ann").setFamilyName("Ames"));
    user.setActive(true);
    user.setEmails(
        new Email().setValue(userName + "@example.com").setType("work").setPrimary(true));
    return service.create("Users", user);
  }

  @Test
  void createsReadsReplacesAndDeletesAUser() throws ScimException {
    String name = unique("unbound");
    UserResource made = create(name);
    assertThat(made.getId()).isNotBlank();
    assertThat(made.getMeta().getResourceType()).isEqualTo("User");
    assertThat(made.getMeta().getLocation().toString()).endsWith("/Users/" + made.getId());

    UserResource read = service.retrieve(made);
    assertThat(read).isEqualTo(made);

    read.setTitle("Engineer");
    UserResource replaced = service.replace(read);
    assertThat(replaced.getTitle()).isEqualTo("Engineer");
    assertThat(replaced.getMeta().getVersion()).isNotEqualTo(made.getMeta().getVersion());

    service.delete(replaced);
    assertThatThrownBy(() -> service.retrieve("Users", made.getId(), UserResource.class))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void extensionsAreReadAndWritten() throws ScimException {
    UserResource user = new UserResource();
    user.setUserName(unique("extended"));
    user.setExtension(new EnterpriseUserExtension().setDepartment("R&D").setEmployeeNumber("701"));
    UserResource made = service.create("Users", user);
    EnterpriseUserExtension extension = made.getExtension(EnterpriseUserExtension.class);
    assertThat(extension.getDepartment()).isEqualTo("R&D");
    assertThat(extension.getEmployeeNumber()).isEqualTo("701");
  }

  @Test
  void patchesByPathFilterAndPathlessValue() throws ScimException {
    UserResource made = create(unique("patched"));
    service
        .modifyRequest(made)
        .replaceValue("displayName", "Ann A.")
        .replaceValue("emails[type eq \"work\"].value", "new@example.com")
        .addValues(
            "phoneNumbers",
            new com.unboundid.scim2.common.types.PhoneNumber()
                .setValue("tel:+1-201-555-0123")
                .setType("work"))
        .removeValues("name.givenName")
        .invoke();
    UserResource read = service.retrieve(made);
    assertThat(read.getDisplayName()).isEqualTo("Ann A.");
    assertThat(read.getEmails()).extracting(Email::getValue).containsExactly("new@example.com");
    assertThat(read.getPhoneNumbers()).hasSize(1);
    assertThat(read.getName().getGivenName()).isNull();
    assertThat(read.getName().getFamilyName()).isEqualTo("Ames");
  }

  @Test
  void searchesByGetAndByPost() throws ScimException {
    String family = unique("family");
    for (int i = 0; i < 5; i++) {
      create(family + "-" + i);
    }
    String filter = Filter.sw("userName", family).toString();
    ListResponse<UserResource> page =
        service
            .searchRequest("Users")
            .filter(filter)
            .sort("userName", SortOrder.DESCENDING)
            .page(2, 2)
            .attributes("userName")
            .invoke(UserResource.class);
    assertThat(page.getTotalResults()).isEqualTo(5);
    assertThat(page.getStartIndex()).isEqualTo(2);
    assertThat(page.getResources())
        .extracting(UserResource::getUserName)
        .containsExactly(family + "-3", family + "-2");
    ListResponse<UserResource> posted =
        service.searchRequest("Users").filter(filter).invokePost(UserResource.class);
    assertThat(posted.getTotalResults()).isEqualTo(5);
    assertThat(posted.getResources()).hasSize(5);
  }

  @Test
  void changesTheMembersOfAGroup() throws ScimException {
    UserResource ann = create(unique("member"));
    UserResource bob = create(unique("member"));
    GroupResource group = new GroupResource();
    group.setDisplayName(unique("team"));
    group.setMembers(List.of(new Member().setValue(ann.getId())));
    GroupResource made = service.create("Groups", group);
    service
        .modifyRequest(made)
        .addOperation(
            PatchOperation.add(
                com.unboundid.scim2.common.Path.fromString("members"),
                com.unboundid.scim2.common.utils.JsonUtils.valueToNode(
                    List.of(new Member().setValue(bob.getId())))))
        .removeValues("members[value eq \"" + ann.getId() + "\"]")
        .invoke();
    GroupResource read = service.retrieve(made);
    assertThat(read.getMembers()).extracting(Member::getValue).containsExactly(bob.getId());
    UserResource of = service.retrieve(bob);
    assertThat(of.getGroups()).hasSize(1);
  }

  @Test
  void errorsArriveAsTheClientsExceptions() throws ScimException {
    UserResource made = create(unique("taken"));
    assertThatThrownBy(() -> create(made.getUserName()))
        .isInstanceOf(ResourceConflictException.class)
        .satisfies(
            e ->
                assertThat(((ScimException) e).getScimError().getScimType())
                    .isEqualTo("uniqueness"));
    assertThatThrownBy(
            () -> service.searchRequest("Users").filter("nope eq 1").invoke(UserResource.class))
        .isInstanceOf(BadRequestException.class)
        .satisfies(
            e ->
                assertThat(((ScimException) e).getScimError().getScimType())
                    .isEqualTo("invalidFilter"));
    service.modifyRequest(made).replaceValue("title", "newer").invoke();
    assertThatThrownBy(() -> service.replaceRequest(made).ifMatch().invoke())
        .isInstanceOf(PreconditionFailedException.class);
  }

  @Test
  void discoveryIsUnderstood() throws ScimException {
    ServiceProviderConfigResource config = service.getServiceProviderConfig();
    assertThat(config.getPatch().isSupported()).isTrue();
    assertThat(config.getEtag().isSupported()).isTrue();
    List<String> types = new ArrayList<>();
    for (ResourceTypeResource type : service.getResourceTypes()) {
      types.add(type.getName());
    }
    assertThat(types).contains("User", "Group");
    List<String> schemas = new ArrayList<>();
    for (SchemaResource schema : service.getSchemas()) {
      schemas.add(schema.getId());
    }
    assertThat(schemas).contains(USER, GROUP, ENTERPRISE);
    GenericScimResource generic =
        service.retrieve("Users", create(unique("generic")).getId(), GenericScimResource.class);
    assertThat(generic.getStringValue("name.familyName")).isEqualTo("Ames");
  }
}
