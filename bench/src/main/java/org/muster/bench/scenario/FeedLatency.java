package org.muster.bench.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.muster.bench.data.Bodies;
import org.muster.bench.data.People;
import org.muster.bench.http.Target;
import org.muster.bench.measure.CpuClock;
import org.muster.bench.measure.Figures;
import org.muster.bench.measure.Latencies;

/**
 * How long after the answer of its request a change reaches a client that follows the feed, at an
 * even rate of changes. What arrives before the answer took no time.
 */
final class FeedLatency {
  private static final int WRITERS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern ID = Pattern.compile("\"resourceId\":\"([^\"]+)\"");
  private static final Pattern CREATED_ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private final Target target;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Long> answered = new ConcurrentHashMap<>();
  private final Map<String, Long> arrived = new ConcurrentHashMap<>();
  private final AtomicInteger errors = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();

  FeedLatency(Target target) {
    this.target = target;
  }

  /** Measures with that many changes a second, or as many as the server does. */
  Figures measure(
      String name,
      People newcomers,
      int perSecond,
      CpuClock clock,
      Duration warmUp,
      Duration measured)
      throws IOException {
    try (BufferedReader stream = follow()) {
      Thread reader = new Thread(() -> read(stream), "feed");
      reader.setDaemon(true);
      reader.start();
      create(newcomers, perSecond, warmUp);
      settle();
      CpuClock.Reading start = clock.read();
      create(newcomers, perSecond, measured);
      CpuClock.Spent spent = start.until(clock.read());
      awaitAll();
      return figures(name, spent);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** How many users were created. */
  int created() {
    return next.get();
  }

  private BufferedReader follow() throws IOException, InterruptedException {
    HttpRequest request =
        request("/storage/v1/events?after=end&type=created")
            .header("Accept", "text/event-stream")
            .build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new IOException("The feed answers " + response.statusCode());
    }
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private void read(BufferedReader stream) {
    try {
      for (String line = stream.readLine(); line != null; line = stream.readLine()) {
        Matcher id = ID.matcher(line);
        if (line.startsWith("data: ") && id.find()) {
          arrived.put(id.group(1), System.nanoTime());
        }
      }
    } catch (IOException e) {
      // the run is over, or what has not arrived is told as errors
    }
  }

  private void create(People newcomers, int perSecond, Duration duration)
      throws InterruptedException {
    long start = System.nanoTime();
    long total = perSecond * duration.toSeconds();
    AtomicLong sent = new AtomicLong();
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    for (int i = 0; i < WRITERS; i++) {
      writers.execute(
          () -> {
            for (long n = sent.getAndIncrement(); n < total; n = sent.getAndIncrement()) {
              long due = start + n * TimeUnit.SECONDS.toNanos(1) / perSecond;
              for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
              }
              if (System.nanoTime() - start > duration.toNanos()) {
                return; // the server does not do so many
              }
              create(newcomers.json(next.getAndIncrement()));
            }
          });
    }
    writers.shutdown();
    if (!writers.awaitTermination(duration.plus(PATIENCE).toSeconds(), TimeUnit.SECONDS)) {
      writers.shutdownNow();
    }
  }

  private void create(String json) {
    HttpRequest request =
        request(Bodies.USERS)
            .header("Content-Type", "application/scim+json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      long now = System.nanoTime();
      Matcher id = CREATED_ID.matcher(response.body());
      if (response.statusCode() == 201 && id.find()) {
        answered.put(id.group(1), now);
      } else {
        errors.incrementAndGet();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(target.uri(path))
        .header("Authorization", "Bearer " + target.token());
  }

  private void settle() throws InterruptedException {
    awaitAll();
    answered.clear();
    arrived.clear();
  }

  private void awaitAll() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!arrived.keySet().containsAll(answered.keySet()) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private Figures figures(String name, CpuClock.Spent spent) {
    Latencies latencies = new Latencies();
    answered.forEach(
        (id, time) -> {
          Long arrival = arrived.get(id);
          if (arrival == null) {
            errors.incrementAndGet();
          } else {
            latencies.add(Math.max(0, arrival - time));
          }
        });
    return new Figures(
        name,
        latencies.count(),
        errors.get(),
        latencies.percentileMillis(0.5),
        latencies.percentileMillis(0.99),
        spent);
  }
}
