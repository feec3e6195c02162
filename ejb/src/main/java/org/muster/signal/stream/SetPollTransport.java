package org.muster.signal.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.muster.delivery.Outcome;
import org.muster.delivery.Transport;
import org.muster.event.Event;
import org.muster.receiver.Kind;
import org.muster.receiver.Receiver;
import org.muster.scim.ScimException;

/** Knows what receivers may be like that poll (RFC 8936); nothing is sent to them. */
public final class SetPollTransport implements Transport {
  private static final Outcome REFUSED =
      new Outcome.Rejected(true, "Nothing is sent to a receiver that polls");

  @Override
  public Kind kind() {
    return Kind.SET_POLL;
  }

  @Override
  public void check(Receiver receiver) {
    if (receiver.settings().endpoint().isPresent()) {
      throw invalid("This kind has no endpoint: the receiver fetches the tokens");
    }
    if (!receiver.secrets().isEmpty()) {
      throw invalid("This kind has no secrets: the receiver polls with a token of the tenant");
    }
    StreamOptions.of(receiver.settings());
  }

  @Override
  public CompletionStage<Outcome> send(Receiver receiver, Event event) {
    return CompletableFuture.completedFuture(REFUSED);
  }

  @Override
  public CompletionStage<Outcome> ping(Receiver receiver) {
    return CompletableFuture.completedFuture(REFUSED);
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
