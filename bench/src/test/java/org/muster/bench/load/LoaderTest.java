package org.muster.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.muster.bench.FakeScim;
import org.muster.bench.data.GroupPlan;
import org.muster.bench.data.People;
import org.muster.bench.http.Target;

class LoaderTest {
  private static final int PEOPLE = 2500;

  @TempDir private Path folder;
  private final People people = new People(1, "t");
  private final GroupPlan large = new GroupPlan("large", PEOPLE, at -> at);
  private final GroupPlan small = new GroupPlan("small", 3, at -> at * 10);
  private FakeScim scim;

  @BeforeEach
  void start() throws IOException {
    scim = new FakeScim();
  }

  @AfterEach
  void stop() {
    scim.close();
  }

  @Test
  void loadsUsersOnceAndGroupsWithAllTheirMembers() throws IOException {
    load();

    assertThat(scim.userCount()).isEqualTo(PEOPLE);
    assertThat(scim.groupSizes()).containsEntry("large", PEOPLE).containsEntry("small", 3);
    assertThat(scim.requests()).filteredOn(request -> request.startsWith("PATCH")).hasSize(3 + 1);
  }

  @Test
  void secondLoadSendsNothing() throws IOException {
    load();
    int before = scim.requests().size();

    load();

    assertThat(scim.requests()).hasSize(before);
  }

  @Test
  void loadGoesOnWhereTheLedgerEnds() throws IOException {
    load();
    int before = scim.requests().size();
    Path file = folder.resolve("loaded.tsv");
    List<String> lines = Files.readAllLines(file);
    List<String> kept =
        lines.stream().filter(l -> !l.startsWith("large") && !l.contains("000001")).toList();
    Files.write(file, kept);

    load();

    assertThat(scim.userCount()).isEqualTo(PEOPLE);
    assertThat(scim.groupSizes()).containsEntry("large", PEOPLE).containsEntry("small", 3);
    int lostUsers = lines.size() - 1 - kept.size();
    assertThat(scim.requests()).hasSize(before + 2 * lostUsers + 1 + 3);
  }

  @Test
  void failedRequestIsSentAgain() throws IOException {
    scim.failNext(3);

    load();

    assertThat(scim.userCount()).isEqualTo(PEOPLE);
  }

  @Test
  void serverThatKeepsFailingEndsTheLoad() throws IOException {
    scim.failNext(Integer.MAX_VALUE);

    assertThatIllegalStateException().isThrownBy(this::load).withMessageContaining("503: busy");
  }

  private void load() throws IOException {
    try (Ledger ledger = new Ledger(folder.resolve("loaded.tsv"))) {
      Loader loader = new Loader(new Target(scim.url(), "t"), 16, people, ledger, false);
      loader.users(PEOPLE);
      loader.groups("groups", List.of(large, small));
    }
  }
}
