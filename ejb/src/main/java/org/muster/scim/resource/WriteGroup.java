package org.muster.scim.resource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.muster.scim.ScimException;
import org.muster.scim.projection.Selection;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/**
 * Writes of several resources that are committed in one atomic step, with the outcome that they
 * would have one after the other. A write that would see, or undo, what an earlier one of the group
 * does is not taken: it has to wait for the next group. For one thread, and for one commit.
 */
public final class WriteGroup {
  private final RequestContext context;
  private final Writing writing;
  private final Commits commits;
  private final List<Member> members = new ArrayList<>();
  private final Set<StorageKey> touched = new HashSet<>();
  private final Map<StorageKey, Creation> expected = new HashMap<>();
  private final Map<StorageKey, String> fresh = new HashMap<>();
  private boolean relates;
  private boolean claims;
  private boolean deletes;

  /** Without the body of the write, which may be large and is judged. */
  private record Member(ResourceType type, String id, boolean deletes, Draft draft) {}

  WriteGroup(RequestContext context, Writing writing, Commits commits) {
    this.context = context;
    this.writing = writing;
    this.commits = commits;
  }

  public int size() {
    return members.size();
  }

  /**
   * Lets the creates that are going to be added link to this one, too.
   *
   * @throws ScimException what is wrong with the body
   */
  public void expect(Write.Create create) {
    Creation creation = creation(create);
    expected.put(creation.key(), creation);
    fresh.put(creation.key(), creation.label());
  }

  /**
   * Adds a write; false if it has to wait, which it never has if the group is empty.
   *
   * @throws ScimException why the write can't be done; the group is as it was
   */
  public boolean add(Write write) {
    StorageKey key = Reading.key(context, write.type(), write.id());
    if (touched.contains(key)) {
      return false;
    }
    if (write instanceof Write.Create create) {
      return !deletes && addCreate(key, create);
    }
    if (write instanceof Write.Delete delete) {
      return addDelete(key, delete);
    }
    // What the resource shows of others, and so its entity tag, may be about to change.
    return !deletes && !relates && addChange(key, write);
  }

  private boolean addCreate(StorageKey key, Write.Create create) {
    Creation known = expected.get(key);
    Creation creation = known == null ? creation(create) : known;
    Draft draft = writing.draft(context, creation, fresh);
    if (draft.targets().stream().anyMatch(this::isBeingChanged)) {
      return false;
    }
    fresh.put(key, creation.label());
    join(key, create, draft);
    return true;
  }

  private boolean addChange(StorageKey key, Write write) {
    Draft draft = writing.draft(context, View.of(write.type(), Selection.DEFAULT), write);
    // In one step values are released before others are claimed, whatever the order of the writes.
    boolean early = claims && draft.has(Change.Release.class);
    if (early || draft.targets().stream().anyMatch(touched::contains)) {
      return false;
    }
    join(key, write, draft);
    return true;
  }

  private boolean addDelete(StorageKey key, Write.Delete delete) {
    boolean first = members.isEmpty();
    if (!first && (!deletes || delete.ifMatch() instanceof Condition.Tags)) {
      return false;
    }
    join(key, delete, writing.draft(context, key, delete));
    deletes = true;
    return true;
  }

  private boolean isBeingChanged(StorageKey target) {
    return touched.contains(target) && !fresh.containsKey(target);
  }

  private void join(StorageKey key, Write write, Draft draft) {
    members.add(new Member(write.type(), write.id(), write instanceof Write.Delete, draft));
    touched.add(key);
    relates |= draft.relates();
    claims |= draft.has(Change.Claim.class);
  }

  private Creation creation(Write.Create create) {
    View view = View.of(create.type(), Selection.DEFAULT);
    return writing.creation(context, view, create.id(), create.body());
  }

  /**
   * Commits all writes.
   *
   * @return what became of each, in their order; empty if they can't be done in one step, and
   *     nothing was written
   * @throws ScimException 503 if the outcome is unknown
   */
  public Optional<List<Written>> commit() {
    try {
      return Optional.of(commitOrFail());
    } catch (StorageException.Conflict
        | StorageException.NotUnique
        | StorageException.Erased
        | StorageException.TooLarge e) {
      return Optional.empty();
    } catch (StorageException e) {
      throw Failures.ofWrite(e);
    }
  }

  /**
   * Commits all writes, for {@link Attempts#repeat}.
   *
   * @return what became of each, in their order
   * @throws StorageException nothing was written, unless it is Unavailable
   */
  public List<Written> commitOrFail() {
    Batch.Builder batch = Batch.builder(context.tenant()).from(context.origin());
    for (Member member : members) {
      member.draft().batch().preconditions().forEach(batch::expect);
      member.draft().batch().changes().forEach(batch::add);
    }
    Applied applied = batch.isEmpty() ? Applied.NOTHING : commits.apply(batch.build());
    return members.stream().map(member -> written(member, applied)).toList();
  }

  private Written written(Member member, Applied applied) {
    String location = Reading.location(context, member.type(), member.id());
    if (member.deletes()) {
      return new Written(location, Optional.empty());
    }
    Stored after = member.draft().outcome().apply(applied);
    return new Written(location, Optional.of(EntityTags.of(after.version(), after.links())));
  }
}
