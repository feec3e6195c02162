package org.muster.scim.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Coercion;
import org.muster.scim.policy.Policies;
import org.muster.scim.policy.Policy;
import org.muster.scim.policy.Profile;
import org.muster.scim.policy.Switch;
import org.muster.scim.resource.RequestContext;
import org.muster.scim.schema.ResourceTypes;
import org.muster.security.Caller;
import org.muster.storage.StorageProvider;

/**
 * Explains SCIM requests to administrators: the engine does them on a store that is not changed,
 * and what it made of them is told. Never a secret, and never what is not returned. Thread-safe.
 */
public final class Explaining {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Profile LENIENT = new Profile("all", EnumSet.allOf(Switch.class));

  private final StorageProvider storage;
  private final ResourceTypes types;
  private final Policies policies;

  /** Explanations over the resources of a store. */
  public Explaining(StorageProvider storage, ResourceTypes types, Policies policies) {
    this.storage = storage;
    this.types = types;
    this.policies = policies;
  }

  /** What a tenant's request would do. An error of the request is a part of the explanation. */
  public ObjectNode explain(Caller caller, TenantId tenant, Question.Reader reader) {
    RequestContext context =
        new RequestContext(
            tenant, caller, "/t/" + tenant.value() + "/scim/v2", policies.of(tenant));
    ObjectNode json = JSON.objectNode();
    Optional<Question> question = Optional.empty();
    try {
      question = Optional.of(reader.read(tenant));
    } catch (ScimException e) {
      json.put("profile", context.policy().profile().name());
      json.set("outcome", OutcomeJson.refused(Optional.empty(), e));
    }
    question.ifPresent(asked -> explain(json, context, asked));
    return json;
  }

  private void explain(ObjectNode json, RequestContext context, Question question) {
    Attempt attempt = Attempt.of(storage, types, context, question);
    json.set("request", RequestJson.of(question, attempt.preview().query()));
    json.put("profile", context.policy().profile().name());
    json.set("coercions", coercions(attempt.heard().coercions()));
    if (question instanceof Question.Search search) {
      SearchJson.add(json, search, context.policy(), attempt.preview().query());
    }
    if (attempt.refusal().isEmpty()) {
      ProjectionJson.of(question).ifPresent(projection -> json.set("projection", projection));
    }
    if (question instanceof Question.Change change) {
      new WriteJson(change, context.policy(), attempt).addTo(json);
    }
    json.set("outcome", outcome(context, question, attempt));
  }

  private ObjectNode outcome(RequestContext context, Question question, Attempt attempt) {
    if (attempt.refusal().isEmpty()) {
      return OutcomeJson.done(question, attempt);
    }
    ObjectNode json =
        OutcomeJson.refused(Optional.of(question.type()), attempt.refusal().orElseThrow());
    List<String> switches = attempt.status() == 400 ? helping(context, question) : List.of();
    if (!switches.isEmpty()) {
      ArrayNode words = json.putArray("acceptedWith");
      switches.forEach(words::add);
    }
    return json;
  }

  /** The switches, off in the tenant's profile, without which the request is refused. */
  private List<String> helping(RequestContext context, Question question) {
    RequestContext lenient =
        new RequestContext(
            context.tenant(),
            context.caller(),
            context.baseUrl(),
            new Policy(LENIENT, context.policy().limits(), context.policy().ifMatchRequired()));
    Attempt attempt = Attempt.of(storage, types, lenient, question);
    if (attempt.refusal().isPresent()) {
      return List.of();
    }
    return attempt.heard().coercions().stream()
        .map(Coercion::by)
        .filter(by -> !context.policy().profile().has(by))
        .map(Switch::word)
        .distinct()
        .toList();
  }

  private static ArrayNode coercions(List<Coercion> coercions) {
    ArrayNode json = JSON.arrayNode();
    for (Coercion coercion : coercions) {
      json.addObject()
          .put("switch", coercion.by().word())
          .put("place", coercion.place())
          .put("what", coercion.what());
    }
    return json;
  }
}
