package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a batch says that it did: all of it, and nothing that it did not do. */
abstract class EffectContract extends StorageContract {

  @Test
  void putSaysWhetherItCreated() {
    assertThat(storage.apply(Batch.put(People.put(user("ann"), "{}"), ANY)).effects())
        .containsExactly(new Effect.Written(user("ann"), true));
    assertThat(storage.apply(Batch.put(People.put(user("ann"), "{'a':1}"), ANY)).effects())
        .containsExactly(new Effect.Written(user("ann"), false));
    assertThat(storage.apply(Batch.put(People.put(user("ann"), "{'a':2}"), PRESENT)).effects())
        .containsExactly(new Effect.Written(user("ann"), false));
    delete(user("ann"));
    assertThat(storage.apply(Batch.put(People.put(user("ann"), "{}"), ANY)).effects())
        .containsExactly(new Effect.Written(user("ann"), true));
    delete(user("ann"));
    assertThat(storage.apply(Batch.put(People.put(user("ann"), "{}"), ABSENT)).effects())
        .containsExactly(new Effect.Written(user("ann"), true));
  }

  @Test
  void momentIsThatOfWhatWasWritten() {
    Applied applied = storage.apply(Batch.put(People.put(user("ann"), "{}"), ANY));
    Stored ann = read(user("ann"));
    assertThat(applied.moment()).contains(new Applied.Moment(ann.version(), ann.modified()));
  }

  @Test
  void keyThatIsPutTwiceIsWrittenOnce() {
    assertThat(
            apply(People.put(user("ann"), "{'a':1}"), People.put(user("ann"), "{'a':2}")).effects())
        .containsExactly(new Effect.Written(user("ann"), true));
  }

  @Test
  void onlyLinksThatWereNotThereAreAdded() {
    putAll(user("ann"), user("bob"), group("g"));
    assertThat(link(group("g"), user("ann")).effects()).containsExactly(linked("ann"));
    assertThat(link(group("g"), user("ann"), user("bob")).effects()).containsExactly(linked("bob"));
    assertThat(link(group("g"), user("ann"), user("bob")).effects()).isEmpty();
    assertThat(link(group("g"), user("ann"), user("ann")).effects()).isEmpty();
  }

  @Test
  void onlyLinksThatWereThereAreRemoved() {
    putAll(user("ann"), user("bob"), group("g"));
    link(group("g"), user("ann"));
    assertThat(unlink("bob").effects()).isEmpty();
    assertThat(unlink("ann", "bob").effects()).containsExactly(unlinked("ann"));
    assertThat(unlink("ann").effects()).isEmpty();
  }

  @Test
  void replacementTellsTheDifference() {
    putAll(user("ann"), user("bob"), user("cid"), group("g"));
    link(group("g"), user("ann"), user("bob"));
    assertThat(
            apply(new Change.ReplaceLinks(group("g"), MEMBERS, List.of(user("bob"), user("cid"))))
                .effects())
        .containsExactly(unlinked("ann"), linked("cid"));
    assertThat(
            apply(new Change.ReplaceLinks(group("g"), MEMBERS, List.of(user("cid"), user("bob"))))
                .effects())
        .isEmpty();
  }

  @Test
  void linkThatIsAddedTwiceInABatchIsAddedOnce() {
    putAll(user("ann"), group("g"));
    assertThat(
            apply(
                    new Change.AddLinks(group("g"), MEMBERS, List.of(user("ann"))),
                    new Change.RemoveLinks(group("g"), MEMBERS, List.of(user("ann"))),
                    new Change.AddLinks(group("g"), MEMBERS, List.of(user("ann"), user("ann"))))
                .effects())
        .containsExactly(linked("ann"), unlinked("ann"), linked("ann"));
  }

  @Test
  void deletionTellsWhichLinksEndedWithIt() {
    putAll(user("ann"), user("bob"), group("g"), group("h"));
    link(group("g"), user("ann"), user("bob"));
    link(group("h"), group("g"));
    apply(new Change.AddLinks(group("h"), "owners", List.of(group("g"))));
    List<Effect> effects = storage.apply(Batch.delete(group("g"), "tester", ANY)).effects();
    assertThat(effects.get(0)).isEqualTo(new Effect.Deleted(group("g")));
    assertThat(effects.subList(1, 3))
        .containsExactlyInAnyOrder(
            new Effect.Unlinked(group("h"), MEMBERS, List.of(group("g"))),
            new Effect.Unlinked(group("h"), "owners", List.of(group("g"))));
    assertThat(effects).hasSize(3);
  }

  @Test
  void deletingWhatIsAbsentHasNoEffect() {
    assertThat(storage.apply(Batch.delete(user("nobody"), "tester", ANY)).effects()).isEmpty();
    putAll(user("ann"));
    assertThat(
            apply(new Change.Delete(user("ann"), "a"), new Change.Delete(user("ann"), "b"))
                .effects())
        .containsExactly(new Effect.Deleted(user("ann")));
  }

  @Test
  void tombstonesAreRestoredAndPurged() {
    putAll(user("ann"), user("bob"));
    delete(user("ann"));
    delete(user("bob"));
    assertThat(
            apply(
                    new Change.Restore(
                        user("ann"), tombstone("ann"), new TreeMap<>(Map.of()), "Ann"),
                    new Change.Purge(user("bob"), tombstone("bob")))
                .effects())
        .containsExactly(new Effect.Restored(user("ann")), new Effect.Purged(user("bob")));
  }

  @Test
  void onlyTheVersionThatWasMeantIsReindexed() {
    Stored first = put(user("ann"), "{}");
    Stored second = put(user("ann"), "{'a':1}");
    TreeMap<String, List<String>> keys = new TreeMap<>(Map.of("x", List.of("y")));
    assertThat(apply(new Change.Reindex(user("ann"), first.version(), keys)).effects()).isEmpty();
    assertThat(apply(new Change.Reindex(user("bob"), first.version(), keys)).effects()).isEmpty();
    assertThat(apply(new Change.Reindex(user("ann"), second.version(), keys)).effects())
        .containsExactly(new Effect.Reindexed(user("ann")));
  }

  @Test
  void claimsAndChecksHaveNoEffect() {
    putAll(user("ann"));
    assertThat(
            apply(new Change.Check(user("ann")), new Change.Claim(user("ann"), "userName", "ann"))
                .effects())
        .isEmpty();
  }

  private org.muster.kernel.Version tombstone(String id) {
    return storage.buried(user(id)).orElseThrow().tombstone().version();
  }

  private Applied unlink(String... ids) {
    return apply(
        new Change.RemoveLinks(
            group("g"), MEMBERS, java.util.Arrays.stream(ids).map(this::user).toList()));
  }

  private Effect linked(String id) {
    return new Effect.Linked(group("g"), MEMBERS, List.of(user(id)));
  }

  private Effect unlinked(String id) {
    return new Effect.Unlinked(group("g"), MEMBERS, List.of(user(id)));
  }
}
