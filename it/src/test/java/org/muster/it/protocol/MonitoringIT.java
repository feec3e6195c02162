package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.muster.it.Instance;

/** What the dashboard and the alert rules ask for is what the server tells. */
class MonitoringIT extends Protocol {
  private static final Pattern NAME = Pattern.compile("\\b(muster_[a-z_]+)\\b");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(muster_[a-z_]+)[{ ]");
  private static final Pattern DURATION =
      Pattern.compile(
          "(?m)^muster_(?:requests|storage_calls|event_calls)_seconds(?:_max|_mean)\\{[^}]*}"
              + " (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("(?m)^muster_[a-z_]+\\{([^}]*)\\}");

  @Test
  void everyMetricOfDashboardAndAlertsIsExposed() throws IOException {
    createGroup(unique("exposed"), createUser(unique("exposed")));
    SortedSet<String> used = new TreeSet<>();
    for (String file : new String[] {"grafana-dashboard.json", "alerts.yml"}) {
      used.addAll(
          found(NAME, Files.readString(Instance.root().resolve("docs/monitoring").resolve(file))));
    }
    assertThat(used).hasSizeGreaterThan(10);
    if (!hasSecondLevel()) {
      used.removeIf(name -> name.startsWith("muster_cache_calls"));
    }
    used.removeIf(name -> name.startsWith("muster_write_behind")); // there where it is on
    assertThat(found(SAMPLE, metrics())).containsAll(used);
  }

  @Test
  void labelsThatDashboardAndAlertsSelectByAreThere() {
    createUser(unique("labels"));
    assertThat(metrics())
        .containsPattern("muster_storage_calls_seconds\\{[^}]*quantile=\"0.99\"[^}]*}")
        .containsPattern("muster_storage_calls_seconds_count\\{[^}]*provider=\"chain\"[^}]*}")
        .containsPattern("muster_event_calls_seconds_count\\{[^}]*operation=\"append\"[^}]*}")
        .containsPattern("muster_requests_seconds_count\\{[^}]*outcome=\"5xx\"[^}]*}")
        .containsPattern("muster_cache_reads\\{[^}]*cache=\"documents\",level=\"whole\"[^}]*}")
        .containsPattern("muster_database_connections\\{[^}]*state=\"used\"[^}]*}");
  }

  @Test
  void meansAndMaximaAreSeconds() {
    createUser(unique("seconds"));
    Matcher durations = DURATION.matcher(metrics());
    int seen = 0;
    while (durations.find()) {
      assertThat(Double.parseDouble(durations.group(1))).as(durations.group()).isBetween(0.0, 60.0);
      seen++;
    }
    assertThat(seen).isGreaterThan(10);
  }

  @Test
  void labelsAreBoundedAndNameNobody() {
    OwnTenant tenant = OwnTenant.create(server(), unique("l").substring(0, 30));
    String name = unique("nobody");
    String id = createUser(name);
    get("/Users/" + id + unique("x"));
    String metrics = metrics();
    assertThat(metrics).doesNotContain(tenant.id()).doesNotContain(name).doesNotContain(id);
    Matcher labels = LABEL.matcher(metrics);
    while (labels.find()) {
      assertThat(labels.group(1)).matches("([a-z_]+=\"[A-Za-z0-9_.-]*\",?)*");
    }
  }

  private static boolean hasSecondLevel() {
    Answer snapshot = sendTo(serverUrl() + "/storage/v1/metrics", "Bearer " + token(), "GET", "");
    for (JsonNode provider : snapshot.json().path("providers")) {
      if (List.of("infinispan", "redis").contains(provider.path("level").asText())) {
        return true;
      }
    }
    return false;
  }

  private static String metrics() {
    return sendTo(serverUrl() + "/metrics", "", "GET", "", "Accept", "text/plain").body();
  }

  private static SortedSet<String> found(Pattern pattern, String text) {
    SortedSet<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
