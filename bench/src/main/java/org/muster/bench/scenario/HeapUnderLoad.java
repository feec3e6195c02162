package org.muster.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.muster.bench.measure.Figures;
import org.muster.bench.measure.LiveHeap;

/** Collects and counts the server's heap again and again while requests run. */
final class HeapUnderLoad implements Runnable {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final LiveHeap heap;
  private final List<Long> samples = new ArrayList<>();

  private HeapUnderLoad(LiveHeap heap) {
    this.heap = heap;
  }

  static HeapFigures measure(Server server, String name, Source source, long pid)
      throws IOException, InterruptedException {
    LiveHeap heap = new LiveHeap(pid);
    long rest = heap.bytes();
    HeapUnderLoad sampler = new HeapUnderLoad(heap);
    Thread thread = new Thread(sampler, "heap");
    thread.setDaemon(true);
    thread.start();
    Steady steady = new Steady(source, server.clock(), Duration.ofSeconds(1), server.measured());
    try {
      server.run(steady, server.connections() + 1);
    } finally {
      thread.interrupt();
      thread.join();
    }
    Figures figures = Server.told(steady.figures(name), steady.complaints());
    if (sampler.samples.isEmpty()) {
      throw new IOException("The heap of process " + pid + " could not be counted");
    }
    return new HeapFigures(figures, rest, Collections.max(sampler.samples), sampler.samples.size());
  }

  @Override
  public void run() {
    try {
      while (true) {
        samples.add(heap.bytes());
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      // the load is over
    } catch (IOException e) {
      System.err.println("  no more heap samples: " + e.getMessage());
    }
  }
}
