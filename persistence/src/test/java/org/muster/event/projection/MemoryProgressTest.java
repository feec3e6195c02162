package org.muster.event.projection;

/** Progress in the heap. */
class MemoryProgressTest extends ProgressContract {
  private final ProjectionProgress progress = new MemoryProgress();

  @Override
  protected ProjectionProgress progress() {
    return progress;
  }

  @Override
  protected Unit transactions() {
    return Unit.NONE;
  }
}
