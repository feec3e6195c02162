package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.muster.storage.LinkSelector.Direction;

/** Links: how they change, how they are paged, and how they are read along with documents. */
abstract class LinkContract extends StorageContract {

  @BeforeEach
  void usersAndGroups() {
    putAll(user("ann"), user("bob"), user("eve"), group("g"), group("h"), group("i"));
  }

  @Test
  void addedLinksAreSeenFromBothEnds() {
    link(group("g"), user("bob"), user("ann"), group("h"));
    assertThat(out("g")).containsExactly(group("h"), user("ann"), user("bob"));
    assertThat(page(List.of(user("ann")), Direction.IN, Optional.empty(), 10))
        .containsExactly(new Linked(user("ann"), MEMBERS, Direction.IN, group("g"), "g", true));
  }

  @Test
  void addingRaisesTheVersionOfTheSourceAlone() {
    Stored g = read(group("g"));
    Stored ann = read(user("ann"));
    Applied applied = link(group("g"), user("ann"));
    Stored after = read(group("g"));
    assertThat(applied.changed()).containsOnlyKeys(group("g"));
    assertThat(applied.of(group("g")).orElseThrow().version())
        .isEqualTo(after.version())
        .isNotEqualTo(g.version());
    assertThat(after.modified()).isAfterOrEqualTo(g.modified());
    assertThat(after.created()).isEqualTo(g.created());
    assertThat(after.document()).isEqualTo(g.document());
    assertThat(read(user("ann"))).isEqualTo(ann);
  }

  @Test
  void addingALinkThatExistsKeepsTheVersion() {
    link(group("g"), user("ann"));
    Stored before = read(group("g"));
    assertThat(link(group("g"), user("ann"), user("ann")).changed()).isEmpty();
    assertThat(read(group("g"))).isEqualTo(before);
    assertThat(out("g")).containsExactly(user("ann"));
  }

  @Test
  void addingOneKnownAndOneNewLinkAddsTheNewOne() {
    link(group("g"), user("ann"));
    assertThat(link(group("g"), user("ann"), user("bob")).changed()).containsOnlyKeys(group("g"));
    assertThat(out("g")).containsExactly(user("ann"), user("bob"));
  }

  @Test
  void removedLinksAreGoneAndRaiseTheVersion() {
    link(group("g"), user("ann"), user("bob"));
    Stored before = read(group("g"));
    Applied applied = apply(new Change.RemoveLinks(group("g"), MEMBERS, List.of(user("ann"))));
    assertThat(applied.of(group("g")).orElseThrow().version())
        .isEqualTo(read(group("g")).version())
        .isNotEqualTo(before.version());
    assertThat(out("g")).containsExactly(user("bob"));
  }

  @Test
  void removingWhatIsNotThereKeepsTheVersion() {
    link(group("g"), user("ann"));
    Stored before = read(group("g"));
    Applied applied =
        apply(
            new Change.RemoveLinks(group("g"), MEMBERS, List.of(user("bob"), user("nobody"))),
            new Change.RemoveLinks(group("g"), "manager", List.of(user("ann"))),
            new Change.RemoveLinks(group("nowhere"), MEMBERS, List.of(user("ann"))));
    assertThat(applied.changed()).isEmpty();
    assertThat(read(group("g"))).isEqualTo(before);
  }

  @Test
  void replacingWritesTheDifference() {
    link(group("g"), user("ann"), user("bob"));
    Stored before = read(group("g"));
    Applied applied = replace(user("bob"), user("eve"), user("eve"));
    assertThat(out("g")).containsExactly(user("bob"), user("eve"));
    assertThat(applied.of(group("g")).orElseThrow().version())
        .isEqualTo(read(group("g")).version())
        .isNotEqualTo(before.version());
  }

  @Test
  void replacingByTheSameKeepsTheVersion() {
    link(group("g"), user("ann"), user("bob"));
    Stored before = read(group("g"));
    assertThat(replace(user("bob"), user("ann")).changed()).isEmpty();
    assertThat(read(group("g"))).isEqualTo(before);
  }

  @Test
  void replacingByNothingRemovesAllOfThatRelation() {
    link(group("g"), user("ann"), user("bob"));
    apply(new Change.AddLinks(group("g"), "owner", List.of(user("ann"))));
    replace();
    assertThat(out("g")).isEmpty();
    assertThat(
            storage.links(
                new LinkQuery(List.of(group("g")), "owner", Direction.OUT, Optional.empty(), 10)))
        .hasSize(1);
    Stored before = read(group("g"));
    assertThat(replace().changed()).isEmpty();
    assertThat(read(group("g"))).isEqualTo(before);
  }

  @Test
  void changesOfOneBatchFollowEachOther() {
    apply(
        new Change.AddLinks(group("g"), MEMBERS, List.of(user("ann"), user("bob"))),
        new Change.RemoveLinks(group("g"), MEMBERS, List.of(user("ann"))),
        new Change.ReplaceLinks(group("h"), MEMBERS, List.of(user("ann"), user("eve"))),
        new Change.AddLinks(group("h"), MEMBERS, List.of(user("bob"))),
        new Change.RemoveLinks(group("h"), MEMBERS, List.of(user("eve"))));
    assertThat(out("g")).containsExactly(user("bob"));
    assertThat(out("h")).containsExactly(user("ann"), user("bob"));
  }

  @Test
  void documentGetsOneVersionInABatch() {
    Applied applied =
        apply(
            new Change.AddLinks(group("g"), MEMBERS, List.of(user("ann"))),
            People.put(group("g"), "{'userName':'new'}"),
            new Change.AddLinks(group("g"), MEMBERS, List.of(user("bob"))));
    assertThat(applied.of(group("g")).orElseThrow().version())
        .isEqualTo(read(group("g")).version());
  }

  @Test
  void missingTargetConflictsAndIsNamed() {
    Stored before = read(group("g"));
    assertConflict(
        user("nobody"),
        People.put(user("ann"), "{'a':1}"),
        new Change.AddLinks(group("g"), MEMBERS, List.of(user("ann"), user("nobody"))));
    assertConflict(
        user("nobody"), new Change.ReplaceLinks(group("g"), MEMBERS, List.of(user("nobody"))));
    delete(user("eve"));
    assertConflict(user("eve"), new Change.AddLinks(group("g"), MEMBERS, List.of(user("eve"))));
    assertThat(read(group("g"))).isEqualTo(before);
    assertThat(read(user("ann")).document()).isEqualTo(People.document("{'userName':'ann'}"));
    assertThat(out("g")).isEmpty();
  }

  @Test
  void missingSourceConflictsAndIsNamed() {
    assertConflict(
        group("nowhere"), new Change.AddLinks(group("nowhere"), MEMBERS, List.of(user("ann"))));
    assertConflict(group("nowhere"), new Change.ReplaceLinks(group("nowhere"), MEMBERS, List.of()));
  }

  @Test
  void documentsWrittenByTheBatchCanBeLinkedInAnyOrder() {
    apply(
        new Change.AddLinks(group("new"), MEMBERS, List.of(user("new"))),
        People.put(group("new"), "{}"),
        People.put(user("new"), "{}"));
    assertThat(out("new")).containsExactly(user("new"));
  }

  @Test
  void labelsAreThoseOfNow() {
    link(group("g"), user("ann"));
    put(user("ann"), "{'userName':'Änn'}");
    assertThat(page(List.of(group("g")), Direction.OUT, Optional.empty(), 10))
        .extracting(Linked::label)
        .containsExactly("Änn");
    assertThat(get(group("g"), out(false)).links())
        .extracting(Linked::label)
        .containsExactly("Änn");
  }

  @Test
  void documentCanLinkToItself() {
    link(group("g"), group("g"), user("ann"));
    assertThat(out("g")).containsExactly(group("g"), user("ann"));
    assertThat(others(group("g"), out(false))).containsExactly(group("g"), user("ann"));
    assertThat(others(group("g"), out(true))).containsExactly(user("ann"));
    delete(group("g"));
    assertThat(page(List.of(user("ann")), Direction.IN, Optional.empty(), 10)).isEmpty();
  }

  @Test
  void linksArePagedByAnchorThenCollectionThenId() {
    link(group("h"), user("ann"), user("bob"));
    link(group("g"), user("eve"), group("h"), group("i"), user("ann"));
    List<StorageKey> anchors = List.of(group("h"), group("g"), group("nowhere"), group("g"));
    List<Linked> all = page(anchors, Direction.OUT, Optional.empty(), 100);
    assertThat(all)
        .extracting(Linked::anchor)
        .containsExactly(group("g"), group("g"), group("g"), group("g"), group("h"), group("h"));
    assertThat(all)
        .extracting(Linked::other)
        .containsExactly(
            group("h"), group("i"), user("ann"), user("eve"), user("ann"), user("bob"));
    assertThat(walk(anchors, Direction.OUT, 1)).isEqualTo(all);
    assertThat(walk(anchors, Direction.OUT, 4)).isEqualTo(all);
  }

  @Test
  void incomingLinksArePagedLikewise() {
    link(group("h"), user("ann"), user("bob"));
    link(group("g"), user("ann"));
    link(group("i"), user("ann"), user("bob"));
    List<Linked> all = walk(List.of(user("bob"), user("ann")), Direction.IN, 2);
    assertThat(all)
        .extracting(Linked::anchor)
        .containsExactly(user("ann"), user("ann"), user("ann"), user("bob"), user("bob"));
    assertThat(all)
        .extracting(Linked::other)
        .containsExactly(group("g"), group("h"), group("i"), group("h"), group("i"));
  }

  @Test
  void linkWalkIsNotDisturbedByChanges() {
    for (int i = 10; i < 30; i++) {
      putAll(user("m" + i));
      link(group("g"), user("m" + i));
    }
    List<StorageKey> seen = new ArrayList<>();
    Optional<LinkQuery.Position> after = Optional.empty();
    for (int round = 0; round < 10; round++) {
      List<Linked> page = page(List.of(group("g")), Direction.OUT, after, 5);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(link -> seen.add(link.other()));
      after = Optional.of(new LinkQuery.Position(group("g"), seen.get(seen.size() - 1)));
      delete(seen.get(seen.size() - 1)); // what the position names is gone
      putAll(user("l" + round)); // before the position
      link(group("g"), user("l" + round));
    }
    assertThat(seen).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void relationsDoNotMeet() {
    link(group("g"), user("ann"));
    apply(new Change.AddLinks(group("g"), "Members", List.of(user("bob"))));
    assertThat(out("g")).containsExactly(user("ann"));
  }

  @Test
  void expandedLinksFollowTheSelectorsThenTheKeys() {
    link(group("g"), user("bob"), user("ann"), group("h"));
    link(group("i"), group("g"));
    Stored stored = get(group("g"), in(false), out(false));
    assertThat(stored.links())
        .containsExactly(
            new Linked(group("g"), MEMBERS, Direction.IN, group("i"), "i", true),
            new Linked(group("g"), MEMBERS, Direction.OUT, group("h"), "h", true),
            new Linked(group("g"), MEMBERS, Direction.OUT, user("ann"), "ann", true),
            new Linked(group("g"), MEMBERS, Direction.OUT, user("bob"), "bob", true));
    assertThat(stored.with(List.of())).isEqualTo(read(group("g")));
  }

  @Test
  void transitiveLinksAreFollowedAndMarked() {
    link(group("g"), user("ann"), group("h"));
    link(group("h"), user("bob"), user("ann"), group("i"));
    link(group("i"), user("eve"));
    assertThat(get(group("g"), out(true)).links())
        .extracting(Linked::other, Linked::direct, Linked::anchor)
        .containsExactly(
            row(group("h"), true, group("g")),
            row(group("i"), false, group("g")),
            row(user("ann"), true, group("g")),
            row(user("bob"), false, group("g")),
            row(user("eve"), false, group("g")));
    assertThat(get(user("eve"), in(true)).links())
        .extracting(Linked::other, Linked::direct, Linked::anchor)
        .containsExactly(
            row(group("g"), false, user("eve")),
            row(group("h"), false, user("eve")),
            row(group("i"), true, user("eve")));
  }

  @Test
  void cyclesEndAndNeverYieldTheDocumentItself() {
    link(group("g"), group("h"));
    link(group("h"), group("i"), user("ann"));
    link(group("i"), group("g"), group("i"));
    assertThat(others(group("g"), out(true))).containsExactly(group("h"), group("i"), user("ann"));
    assertThat(others(group("h"), in(true))).containsExactly(group("g"), group("i"));
    assertThat(others(user("ann"), in(true))).containsExactly(group("g"), group("h"), group("i"));
  }

  @Test
  void longChainIsFollowedToItsEnd() {
    Batch.Builder batch = Batch.builder(tenant);
    for (int i = 0; i < 60; i++) {
      batch.add(People.put(group("c" + i), "{}"));
      batch.add(new Change.AddLinks(group("c" + i), MEMBERS, List.of(group("c" + (i + 1)))));
    }
    storage.apply(batch.add(People.put(group("c60"), "{}")).build());
    assertThat(others(group("c0"), out(true))).hasSize(60);
    assertThat(others(group("c60"), in(true))).hasSize(60);
  }

  @Test
  void pageOfAQueryIsExpandedDocumentByDocument() {
    link(group("g"), user("ann"), user("bob"));
    link(group("h"), user("ann"), group("g"));
    Query query =
        new Query(
            tenant,
            "User",
            new Expression.All(),
            Query.Order.BY_ID,
            first(10),
            List.of(in(true)),
            Long.MAX_VALUE);
    List<Stored> items = storage.query(query).items();
    assertThat(items)
        .extracting(Stored::links)
        .containsExactly(
            List.of(
                new Linked(user("ann"), MEMBERS, Direction.IN, group("g"), "g", true),
                new Linked(user("ann"), MEMBERS, Direction.IN, group("h"), "h", true)),
            List.of(
                new Linked(user("bob"), MEMBERS, Direction.IN, group("g"), "g", true),
                new Linked(user("bob"), MEMBERS, Direction.IN, group("h"), "h", false)),
            List.of());
    List<Stored> scanned = new ArrayList<>();
    storage.scan(query, scanned::add);
    assertThat(scanned).isEqualTo(items);
  }

  @Test
  void expandingByTooManyLinksIsRefused() {
    List<StorageKey> many = new ArrayList<>();
    for (int from = 0; from <= LinkSelector.MAX_LINKS; from += 1_000) {
      Batch.Builder batch = Batch.builder(tenant);
      List<StorageKey> some = new ArrayList<>();
      for (int i = from; i < from + 1_000 && i <= LinkSelector.MAX_LINKS; i++) {
        some.add(user("m" + i));
        batch.add(People.put(user("m" + i), "{}"));
      }
      storage.apply(batch.add(new Change.AddLinks(group("g"), MEMBERS, some)).build());
      many.addAll(some);
    }
    assertThatThrownBy(() -> storage.get(group("g"), List.of(out(false))))
        .isInstanceOf(StorageException.TooLarge.class);
    assertThat(read(group("g")).label()).isEqualTo("g");
    apply(new Change.RemoveLinks(group("g"), MEMBERS, many.subList(0, 1)));
    assertThat(get(group("g"), out(false)).links()).hasSize(LinkSelector.MAX_LINKS);
  }

  private static org.assertj.core.groups.Tuple row(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  private static LinkSelector out(boolean transitive) {
    return new LinkSelector(MEMBERS, Direction.OUT, transitive);
  }

  private static LinkSelector in(boolean transitive) {
    return new LinkSelector(MEMBERS, Direction.IN, transitive);
  }

  private Stored get(StorageKey key, LinkSelector... expand) {
    return storage.get(key, List.of(expand)).orElseThrow();
  }

  private List<StorageKey> others(StorageKey key, LinkSelector selector) {
    return get(key, selector).links().stream().map(Linked::other).toList();
  }

  private List<StorageKey> out(String group) {
    return page(List.of(group(group)), Direction.OUT, Optional.empty(), 100).stream()
        .map(Linked::other)
        .toList();
  }

  private Applied replace(StorageKey... targets) {
    return apply(new Change.ReplaceLinks(group("g"), MEMBERS, List.of(targets)));
  }

  private List<Linked> page(
      List<StorageKey> anchors,
      Direction direction,
      Optional<LinkQuery.Position> after,
      int limit) {
    return storage.links(new LinkQuery(anchors, MEMBERS, direction, after, limit));
  }

  private List<Linked> walk(List<StorageKey> anchors, Direction direction, int limit) {
    List<Linked> walked = new ArrayList<>();
    Optional<LinkQuery.Position> after = Optional.empty();
    List<Linked> page;
    do {
      page = page(anchors, direction, after, limit);
      walked.addAll(page);
      if (!page.isEmpty()) {
        Linked last = page.get(page.size() - 1);
        after = Optional.of(new LinkQuery.Position(last.anchor(), last.other()));
      }
    } while (page.size() == limit);
    return walked;
  }

  private void assertConflict(StorageKey key, Change... changes) {
    assertThatThrownBy(() -> apply(changes))
        .isInstanceOfSatisfying(
            StorageException.Conflict.class, conflict -> assertThat(conflict.key()).isEqualTo(key));
  }

  @Test
  void linksOfANewDocumentAreReplacedInTheBatchThatAddsThem() {
    putAll(user("ann"), user("bob"));
    storage.apply(
        Batch.builder(tenant)
            .add(People.put(group("new"), "{}"))
            .add(new Change.AddLinks(group("new"), MEMBERS, List.of(user("ann"))))
            .add(new Change.ReplaceLinks(group("new"), MEMBERS, List.of(user("bob"))))
            .build());
    assertThat(
            storage.links(
                new LinkQuery(
                    List.of(group("new")),
                    MEMBERS,
                    LinkSelector.Direction.OUT,
                    Optional.empty(),
                    100)))
        .extracting(Linked::other)
        .containsExactly(user("bob"));
  }
}
