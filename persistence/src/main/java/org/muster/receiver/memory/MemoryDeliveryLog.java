package org.muster.receiver.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.muster.event.Position;
import org.muster.receiver.Counts;
import org.muster.receiver.DeadLetters;
import org.muster.receiver.DeliveryLog;
import org.muster.receiver.Leased;
import org.muster.receiver.Note;
import org.muster.receiver.Progress;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.Settlement;
import org.muster.storage.StorageKey;

/** Keeps in the heap how far receivers are, and what is noted for them. */
public final class MemoryDeliveryLog implements DeliveryLog, DeadLetters {
  private final MemoryReceivers receivers;
  private long lastNo;

  /** Of these receivers. */
  public MemoryDeliveryLog(MemoryReceivers receivers) {
    this.receivers = receivers;
  }

  @Override
  public List<Leased> leased(int most) {
    synchronized (receivers) {
      return receivers.all.entrySet().stream()
          .filter(each -> each.getValue().isSentTo())
          .limit(most)
          .map(MemoryDeliveryLog::leased)
          .toList();
    }
  }

  private static Leased leased(Map.Entry<ReceiverId, Entry> each) {
    Entry entry = each.getValue();
    return new Leased(each.getKey(), entry.progress.receiver().kind(), entry.holder, entry.until);
  }

  @Override
  public void claim(String holder, Instant now, Instant until, int most) {
    synchronized (receivers) {
      int taken = 0;
      for (Entry entry : receivers.all.values()) {
        boolean isOver = !now.isBefore(entry.until);
        if (entry.isSentTo() && isOver && taken < most) {
          taken++;
          entry.holder = holder;
          entry.until = until;
        } else if (!isOver && entry.holder.equals(holder)) {
          entry.until = until;
        }
      }
    }
  }

  @Override
  public void release(String holder) {
    synchronized (receivers) {
      receivers.all.values().stream()
          .filter(entry -> entry.holder.equals(holder))
          .forEach(entry -> entry.until = Instant.EPOCH);
    }
  }

  @Override
  public Optional<Progress> find(ReceiverId id) {
    synchronized (receivers) {
      return Optional.ofNullable(receivers.all.get(id)).map(entry -> entry.progress);
    }
  }

  @Override
  public void settle(ReceiverId id, String holder, Settlement done) {
    synchronized (receivers) {
      Entry entry = receivers.all.get(id);
      if (entry == null
          || !entry.holder.equals(holder)
          || !entry.progress.position().equals(done.from())) {
        throw MemoryReceivers.conflict(id);
      }
      Progress was = entry.progress;
      boolean isOver = done.isOver() && was.receiver().isEnabled();
      entry.progress =
          new Progress(
              isOver ? receivers.next(was.receiver().in(Receiver.State.PAUSED)) : was.receiver(),
              done.to(),
              done.attempts(),
              done.next(),
              was.delivered() + done.delivered(),
              was.failed() + done.failed(),
              done.failure().or(was::failure));
      note(entry, done);
    }
  }

  private void note(Entry entry, Settlement done) {
    Set<Long> gone = new HashSet<>();
    done.done().forEach(note -> gone.add(note.no()));
    done.changed().forEach(note -> gone.add(note.no()));
    List<Note> kept = new ArrayList<>(entry.notes);
    kept.removeIf(note -> gone.contains(note.no()));
    kept.addAll(done.changed());
    for (Note note : done.noted()) {
      kept.removeIf(is(note).and(Note::isDead));
      if (kept.stream().noneMatch(is(note))) {
        kept.add(numbered(note));
      }
    }
    Set<StorageKey> touched =
        new HashSet<>(streams(entry.notes.stream().filter(n -> gone.contains(n.no())).toList()));
    touched.addAll(streams(done.noted()));
    line(kept, touched, done.time());
    kept.sort(Comparator.comparingLong(Note::no));
    entry.notes = kept;
  }

  /** Has only the first of each stream tried. */
  private static void line(List<Note> notes, Set<StorageKey> streams, Instant time) {
    for (StorageKey stream : streams) {
      Optional<Note> first = first(notes, stream);
      notes.replaceAll(
          note ->
              note.isDead() || !note.stream().equals(stream)
                  ? note
                  : inLine(note, first.filter(note::equals).isPresent(), time));
    }
  }

  private static Note inLine(Note note, boolean isFirst, Instant time) {
    if (!isFirst) {
      return note.waiting();
    }
    return note.next().isEmpty() ? note.first(time) : note;
  }

  private static Predicate<Note> is(Note note) {
    return other -> other.stream().equals(note.stream()) && other.number() == note.number();
  }

  private Note numbered(Note note) {
    return new Note(
        ++lastNo,
        note.stream(),
        note.number(),
        note.position(),
        note.attempts(),
        note.next(),
        note.since(),
        note.isDead(),
        note.error());
  }

  private static Optional<Note> first(List<Note> notes, StorageKey stream) {
    return notes.stream()
        .filter(note -> !note.isDead() && note.stream().equals(stream))
        .min(Comparator.comparingLong(Note::number));
  }

  private static Set<StorageKey> streams(List<Note> notes) {
    return notes.stream().map(Note::stream).collect(Collectors.toSet());
  }

  @Override
  public boolean reset(ReceiverId id, Position position) {
    synchronized (receivers) {
      Entry entry = receivers.all.get(id);
      if (entry == null) {
        return false;
      }
      Progress was = entry.progress;
      entry.progress =
          new Progress(
              was.receiver(),
              position,
              0,
              Optional.empty(),
              was.delivered(),
              was.failed(),
              was.failure());
      return true;
    }
  }

  @Override
  public List<Note> due(ReceiverId id, Instant now, int streams, int limit) {
    List<Note> notes = notes(id);
    Set<StorageKey> urgent =
        notes.stream()
            .filter(note -> note.next().map(next -> !next.isAfter(now)).orElse(false))
            .sorted(Comparator.comparing(note -> note.next().orElseThrow()))
            .limit(streams)
            .map(Note::stream)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return notes.stream()
        .filter(note -> !note.isDead() && urgent.contains(note.stream()))
        .sorted(Comparator.comparing(Note::stream).thenComparing(Note::number))
        .limit(limit)
        .toList();
  }

  @Override
  public Set<StorageKey> noted(ReceiverId id, Set<StorageKey> streams) {
    return streams(
        notes(id).stream()
            .filter(note -> !note.isDead() && streams.contains(note.stream()))
            .toList());
  }

  @Override
  public Counts counts(ReceiverId id) {
    return counts(notes(id));
  }

  @Override
  public Counts total() {
    synchronized (receivers) {
      return counts(receivers.all.values().stream().flatMap(e -> e.notes.stream()).toList());
    }
  }

  private static Counts counts(List<Note> notes) {
    long dead = notes.stream().filter(Note::isDead).count();
    return new Counts(
        notes.size() - dead,
        dead,
        notes.stream().flatMap(note -> note.next().stream()).min(Comparator.naturalOrder()));
  }

  private List<Note> notes(ReceiverId id) {
    synchronized (receivers) {
      Entry entry = receivers.all.get(id);
      return entry == null ? List.of() : entry.notes;
    }
  }

  @Override
  public List<Note> page(ReceiverId id, long afterNo, int limit) {
    return notes(id).stream()
        .filter(note -> note.isDead() && note.no() > afterNo)
        .limit(limit)
        .toList();
  }

  @Override
  public boolean replay(ReceiverId id, long no, Instant now) {
    return revive(id, note -> note.no() == no, now) > 0;
  }

  @Override
  public long replayAll(ReceiverId id, Instant now) {
    return revive(id, note -> true, now);
  }

  private long revive(ReceiverId id, Predicate<Note> which, Instant now) {
    synchronized (receivers) {
      List<Note> notes = new ArrayList<>(notes(id));
      List<Note> dead = notes.stream().filter(which.and(Note::isDead)).toList();
      notes.replaceAll(note -> dead.contains(note) ? revived(note, now) : note);
      line(notes, streams(dead), now);
      Optional.ofNullable(receivers.all.get(id)).ifPresent(entry -> entry.notes = notes);
      return dead.size();
    }
  }

  private static Note revived(Note note, Instant now) {
    return new Note(
        note.no(),
        note.stream(),
        note.number(),
        note.position(),
        0,
        Optional.empty(),
        now,
        false,
        note.error());
  }

  @Override
  public boolean discard(ReceiverId id, long no) {
    synchronized (receivers) {
      Entry entry = receivers.all.get(id);
      if (entry == null) {
        return false;
      }
      List<Note> notes = new ArrayList<>(entry.notes);
      boolean removed = notes.removeIf(note -> note.isDead() && note.no() == no);
      entry.notes = notes;
      return removed;
    }
  }
}
