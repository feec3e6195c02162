package org.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.muster.event.Append;
import org.muster.event.EventStore;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.event.Sealing;
import org.muster.event.memory.MemoryEventStore;
import org.muster.feed.EventJson;
import org.muster.feed.Feed;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/** Exports are whole, and whatever is done to one is found. */
class AuditExportTest {
  private static final TenantId TENANT = new TenantId("acme");

  private final EventStore events = new MemoryEventStore(Runnable::run, Sealing.NONE);
  private final AuditExport export = new AuditExport(new Feed(events));
  @TempDir Path folder;

  @Test
  void exportHasAllEventsOfItsTenantAndIsVerified() throws Exception {
    append(TENANT, 2_500);
    append(new TenantId("other"), 10);
    String text = export(Position.START, 10_000, Optional.empty());
    VerifyExport.Verified verified = verify(text, Optional.empty());
    assertThat(verified.events()).isEqualTo(2_500);
    assertThat(verified.tenant()).isEqualTo("acme");
    assertThat(verified.next()).isEqualTo(events.end().toString());
    // a head, 2,500 events, four parts, an end
    assertThat(text.lines()).hasSize(1 + 2_500 + 4 + 1);
    assertThat(text.lines().filter(line -> line.contains("\"complete\":true"))).hasSize(1);
  }

  @Test
  void emptyExportIsVerified() throws Exception {
    assertThat(verify(export(Position.START, 10, Optional.empty()), Optional.empty()).events())
        .isZero();
  }

  @Test
  void nextExportGoesOnWhereTheOneBeforeEnded() throws Exception {
    append(TENANT, 1_500);
    String first = export(Position.START, 1_200, Optional.empty());
    assertThat(first).contains("\"complete\":false");
    VerifyExport.Verified one = verify(first, Optional.empty());
    append(TENANT, 5);
    String second =
        export(Position.parse(one.next()).orElseThrow(), 10_000, Optional.of(one.root()));
    assertThat(verify(second, Optional.of(one)).events()).isEqualTo(305);
    String apart = export(Position.parse(one.next()).orElseThrow(), 10_000, Optional.empty());
    assertThatThrownBy(() -> verify(apart, Optional.of(one)))
        .isInstanceOf(VerifyExport.Damaged.class)
        .hasMessageContaining("line 1");
    String later = export(Position.parse(one.next()).orElseThrow(), 10, Optional.of(one.root()));
    VerifyExport.Verified two = verify(later, Optional.of(one));
    assertThatThrownBy(() -> verify(second, Optional.of(two)))
        .isInstanceOf(VerifyExport.Damaged.class);
  }

  @Test
  void everyChangeIsFound() throws Exception {
    append(TENANT, 1_100);
    byte[] whole =
        export(Position.START, 10_000, Optional.empty()).getBytes(StandardCharsets.UTF_8);
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(7));
      assertDamaged(new String(changed, StandardCharsets.ISO_8859_1));
    }
    String text = new String(whole, StandardCharsets.UTF_8);
    List<String> lines = text.lines().toList();
    for (int i = 0; i < 100; i++) {
      int at = random.nextInt(lines.size());
      List<String> without = new ArrayList<>(lines);
      without.remove(at);
      assertDamaged(String.join("\n", without) + "\n");
      List<String> twice = new ArrayList<>(lines);
      twice.add(at, lines.get(at));
      assertDamaged(String.join("\n", twice) + "\n");
      int from = random.nextInt(lines.size() - 1);
      List<String> swapped = new ArrayList<>(lines);
      Collections.swap(swapped, from, from + 1);
      assertDamaged(String.join("\n", swapped) + "\n");
      assertDamaged(text.substring(0, random.nextInt(text.length())));
    }
    assertDamaged("");
    assertDamaged("nonsense\n");
    assertDamaged(text + "{}\n");
  }

  @Test
  void commandSaysWhatItFinds() throws Exception {
    append(TENANT, 30);
    Path good = folder.resolve("a.ndjson");
    Files.writeString(good, export(Position.START, 100, Optional.empty()));
    Path bad = folder.resolve("b.ndjson");
    Files.writeString(bad, Files.readString(good).replace("\"User\"", "\"Uzer\""));
    assertThat(run(good.toString())).startsWith("0 ").contains("30 events of acme, root ");
    assertThat(run(bad.toString())).startsWith("1 ").contains("b.ndjson: line 33: ");
    assertThat(run(folder.resolve("none").toString())).startsWith("2 ");
    assertThat(run()).startsWith("2 ");
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code = VerifyExport.run(arguments, out, out);
    return code + " " + said.toString(StandardCharsets.UTF_8);
  }

  private static void assertDamaged(String text) {
    assertThatThrownBy(() -> verify(text, Optional.empty()))
        .isInstanceOf(VerifyExport.Damaged.class)
        .hasMessageStartingWith("line ");
  }

  private String export(Position after, int limit, Optional<String> previous) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    export.write(
        new AuditExport.Request(TENANT, after, limit, previous),
        new EventJson(new BuiltInResourceTypes())::item,
        out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static VerifyExport.Verified verify(String text, Optional<VerifyExport.Verified> before)
      throws IOException, VerifyExport.Damaged {
    return VerifyExport.verify(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), before);
  }

  private void append(TenantId tenant, int count) {
    for (int i = 0; i < count; i++) {
      Recorded recorded =
          Recorded.of(
              EventType.CREATED,
              new Version(i + 1),
              Instant.ofEpochMilli(1_000 + i),
              Origin.of("ann"),
              JsonDocument.ofText("{\"document\":{\"userName\":\"u" + i + "\",\"n\":\"\\n\"}}"));
      events.append(
          List.of(
              new Append(
                  new StorageKey(tenant, "User", "u" + events.end() + "-" + i),
                  new Expected.Any(),
                  List.of(recorded))));
    }
  }
}
