package org.muster.receiver.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.muster.receiver.Note;
import org.muster.receiver.Progress;

/** A receiver and all that is noted for it. */
final class Entry {
  Progress progress;
  String holder = "";
  Instant until = Instant.EPOCH;
  List<Note> notes = new ArrayList<>();

  Entry(Progress progress) {
    this.progress = progress;
  }

  boolean isSentTo() {
    return progress.receiver().isEnabled() && progress.receiver().kind().isPushed();
  }
}
