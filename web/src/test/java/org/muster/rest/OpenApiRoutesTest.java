package org.muster.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Holds the OpenAPI document against the routes of administration and storage. The isolation test
 * walks what the document lists, so that no endpoint may be missing there.
 */
class OpenApiRoutesTest {

  @Test
  void everyRouteOfAdministrationAndStorageIsListedAndNoOther() throws IOException {
    SortedSet<String> routes = new TreeSet<>();
    for (Class<?> each : new MusterApplication().getClasses()) {
      Path root = each.getAnnotation(Path.class);
      if (root != null && root.value().matches("(admin|storage)/.*")) {
        for (Method method : each.getMethods()) {
          add(root.value(), method, routes);
        }
      }
    }
    routes.add("GET /storage/v1/events"); // of a servlet
    routes.add("POST /events/v1/streams/{stream}/poll"); // likewise
    String cache = " /storage/v1/caches/{cache}";
    routes.add("GET /storage/v1/caches");
    routes.add("GET" + cache);
    routes.add("POST" + cache + "/.cleanup");
    for (String method : List.of("GET", "DELETE")) {
      routes.add(method + cache + "/entries");
    }
    for (String method : List.of("GET", "PUT", "DELETE")) {
      routes.add(method + cache + "/entries/{key}");
    }
    assertThat(listed()).isEqualTo(routes).hasSizeGreaterThan(10);
  }

  private static void add(String root, Method method, SortedSet<String> routes) {
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (verb != null) {
        Path path = method.getAnnotation(Path.class);
        routes.add(verb.value() + " /" + root + (path == null ? "" : "/" + path.value()));
      }
    }
  }

  /** The operations below /admin and /storage: two spaces before a path, four before a method. */
  private static SortedSet<String> listed() throws IOException {
    SortedSet<String> operations = new TreeSet<>();
    String path = "";
    for (String line : document().split("\n", -1)) {
      if (line.startsWith("  /") && line.endsWith(":")) {
        path = line.substring(2, line.length() - 1);
      } else if (line.matches(" {4}(get|put|post|patch|delete|head|options):")
          && path.matches("/(admin|storage|events)/.*")) {
        operations.add(line.strip().replace(":", "").toUpperCase(Locale.ROOT) + " " + path);
      }
    }
    return operations;
  }

  private static String document() throws IOException {
    try (InputStream in = MusterApplication.class.getResourceAsStream("/META-INF/openapi.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
