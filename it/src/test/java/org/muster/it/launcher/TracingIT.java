package org.muster.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.muster.it.Instance;
import org.muster.it.ScimClient;

/** A server whose traces are on tells a collector what a request was made of. */
@Tag("launcher")
class TracingIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CLIENT = "b7ad6b7169203331";

  @Test
  void aRequestIsTracedFromTheClientToTheStore() throws Exception {
    try (SpanReceiver receiver = SpanReceiver.start();
        Instance instance =
            Instance.fresh("tracing")
                .with("OTEL_SDK_DISABLED", "false")
                .with("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
                .with("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url())
                .with("OTEL_BSP_SCHEDULE_DELAY", "200")) {
      instance.start();
      String name = "traced-ann";
      String id = instance.client().post("/Users", user(name)).expect(201).id();
      ScimClient traced =
          instance.client().with("traceparent", "00-" + TRACE + "-" + CLIENT + "-01");
      traced.get("/Users/" + id).expect(200);
      traced.get("/Users/" + id + "x").expect(404);

      List<SpanReceiver.Span> spans = await(receiver);
      SpanReceiver.Span request = named(spans, "request get").get(0);
      SpanReceiver.Span service = named(spans, "service resources get").get(0);
      SpanReceiver.Span chain = named(spans, "storage chain get").get(0);
      SpanReceiver.Span backEnd = named(spans, "storage jpa get").get(0);
      assertThat(request.parent()).isEqualTo(CLIENT);
      assertThat(service.parent()).isEqualTo(request.id());
      assertThat(chain.parent()).isEqualTo(service.id());
      assertThat(backEnd.parent()).isEqualTo(chain.id());
      assertThat(request.attributes())
          .containsEntry("http.request.method", "GET")
          .containsEntry("http.response.status_code", "200")
          .containsEntry("muster.tenant", "default");
      assertThat(backEnd.attributes()).containsEntry("muster.outcome", "ok");
      // a resource that is not there is no failure of the server
      assertThat(named(spans, "service resources get").get(1).attributes())
          .containsEntry("muster.outcome", "refused");
      assertThat(spans).noneMatch(SpanReceiver.Span::failed);
      assertThat(receiver.everything()).doesNotContain(name).doesNotContain(id);
    }
  }

  private static String user(String name) {
    return "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\""
        + name
        + "\"}";
  }

  private static List<SpanReceiver.Span> named(List<SpanReceiver.Span> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }

  /** Both traced requests, with all that is below. */
  private static List<SpanReceiver.Span> await(SpanReceiver receiver) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    List<SpanReceiver.Span> spans = receiver.of(TRACE);
    while (spans.size() < 8 && Instant.now().isBefore(deadline)) {
      Thread.sleep(100);
      spans = receiver.of(TRACE);
    }
    assertThat(spans).as(receiver.everything()).hasSize(8);
    return spans;
  }
}
