package org.muster.scim.explain;

import java.time.Duration;
import java.util.Optional;
import org.muster.scim.ScimException;
import org.muster.scim.projection.Selection;
import org.muster.scim.resource.Representation;
import org.muster.scim.resource.RequestContext;
import org.muster.scim.resource.Resources;
import org.muster.scim.resource.Secrets;
import org.muster.scim.resource.Write;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.StorageProvider;

/**
 * What became of a request that the engine did on a {@link Preview}.
 *
 * @param status of the answer
 * @param refusal why it is not done; empty if it is
 */
record Attempt(
    int status, Optional<ScimException> refusal, Heard heard, Preview preview, Claims claims) {
  // Nothing is hashed, so nobody has to wait for a turn.
  private static final Secrets SECRETS =
      new Secrets(new Masked(), Integer.MAX_VALUE, Duration.ofSeconds(1));

  /** Lets the engine do a request, with a listener, on a store that is not changed. */
  static Attempt of(
      StorageProvider storage, ResourceTypes types, RequestContext context, Question question) {
    Heard heard = new Heard();
    Claims claims = new Claims(question.type());
    Preview preview = new Preview(storage, claims);
    Resources engine = new Resources(preview, preview::apply, types, SECRETS);
    RequestContext listened =
        new RequestContext(
            context.tenant(), context.caller(), context.baseUrl(), context.policy(), heard);
    try {
      int status = status(engine, listened, question);
      return new Attempt(status, Optional.empty(), heard, preview, claims);
    } catch (ScimException e) {
      return new Attempt(e.status(), Optional.of(e), heard, preview, claims);
    }
  }

  private static int status(Resources engine, RequestContext context, Question question) {
    if (question instanceof Question.Search search) {
      engine.list(context, search.type(), search.request());
      return 200;
    }
    if (question instanceof Question.Read read) {
      Representation found = engine.get(context, read.type(), read.id(), read.selection());
      return read.isModified().test(found.etag()) ? 200 : 304;
    }
    Question.Change change = (Question.Change) question;
    return status(engine, context, change.write(), change.selection());
  }

  private static int status(
      Resources engine, RequestContext context, Write write, Selection selection) {
    if (write instanceof Write.Create create) {
      engine.create(context, create.type(), create.body(), selection);
      return 201;
    }
    if (write instanceof Write.Replace put) {
      engine.replace(context, put.type(), put.id(), put.ifMatch(), put.body(), selection);
      return 200;
    }
    if (write instanceof Write.Patch patch) {
      engine.patch(context, patch.type(), patch.id(), patch.ifMatch(), patch.body(), selection);
      boolean shown =
          !selection.equals(Selection.DEFAULT) || Resources.patchShows(context, patch.type());
      return shown ? 200 : 204;
    }
    engine.delete(context, write.type(), write.id(), ((Write.Delete) write).ifMatch());
    return 204;
  }
}
