package org.muster.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.bench.measure.Figures;
import org.muster.bench.scenario.HeapFigures;

/** All that one run of the benchmarks found out. */
public final class Results {
  private final Map<String, String> circumstances = new LinkedHashMap<>();
  private final Map<String, String> brokenOff = new LinkedHashMap<>();
  private final List<Figures> figures = new ArrayList<>();
  private @Nullable HeapFigures heap;

  /** Notes what the run was made with: machine, versions, sizes. */
  public void circumstance(String name, String value) {
    circumstances.put(name, value);
  }

  public void add(Figures measured) {
    figures.add(measured);
  }

  public void heap(HeapFigures measured) {
    heap = measured;
  }

  /** Notes a scenario that has no figures. */
  public void brokeOff(String name, String why) {
    brokenOff.put(name, why);
  }

  Map<String, String> brokenOff() {
    return brokenOff;
  }

  Map<String, String> circumstances() {
    return circumstances;
  }

  List<Figures> figures() {
    return figures;
  }

  Optional<HeapFigures> heap() {
    return Optional.ofNullable(heap);
  }

  /** The figures of a scenario, if it was run and anything succeeded. */
  Optional<Figures> of(String name) {
    return figures.stream().filter(f -> f.name().equals(name) && f.requests() > 0).findFirst();
  }

  /** Answers that were not as they must be, and scenarios that broke off. */
  long errors() {
    return brokenOff.size() + figures.stream().mapToLong(Figures::errors).sum();
  }
}
