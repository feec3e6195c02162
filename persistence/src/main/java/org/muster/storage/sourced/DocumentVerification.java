package org.muster.storage.sourced;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.EventType;
import org.muster.event.Position;
import org.muster.event.document.DocumentReplay;
import org.muster.event.projection.BatchPages;
import org.muster.event.projection.Verification;
import org.muster.event.projection.Verifier;
import org.muster.kernel.TenantId;
import org.muster.state.Digest;
import org.muster.state.EntryName;
import org.muster.state.StateRoot;
import org.muster.state.StateScan;
import org.muster.storage.StorageProvider;

/**
 * Holds the documents and links of a model against what the events come to, tenant by tenant, by
 * their state roots. The events of one tenant at a time are replayed into the heap. What is written
 * meanwhile does not count: what differs is looked at again, some time later.
 */
public final class DocumentVerification implements Verifier {
  private static final int PAGE = 2_000;
  private static final int MOST = 100;
  private static final int ROUNDS = 3;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Supplier<StorageProvider> model;
  private final Supplier<StorageProvider> scratch;
  private final EventStore events;
  private final Supplier<List<TenantId>> tenants;
  private final Function<TenantId, Set<String>> collections;
  private final Path folder;

  /**
   * The verification of a model.
   *
   * @param collections those that a tenant has documents of in the model, besides those that events
   *     tell of
   * @param scratch makes an empty store in the heap
   * @param folder where files of hashes are put, if there are many
   */
  public DocumentVerification(
      Supplier<StorageProvider> model,
      Supplier<StorageProvider> scratch,
      EventStore events,
      Supplier<List<TenantId>> tenants,
      Function<TenantId, Set<String>> collections,
      Path folder) {
    this.model = model;
    this.scratch = scratch;
    this.events = events;
    this.tenants = tenants;
    this.collections = collections;
    this.folder = folder;
  }

  private record Values(@Nullable Digest expected, @Nullable Digest actual) {}

  @Override
  public Verification verify() {
    Sum sum = new Sum();
    for (TenantId tenant : tenants.get()) {
      new OfTenant(tenant, sum).run();
    }
    return new Verification(
        sum.documents,
        sum.links,
        sum.unknown,
        sum.differences.subList(0, Math.min(MOST, sum.differences.size())),
        sum.differences.size() > MOST);
  }

  private static final class Sum {
    private long documents;
    private long links;
    private long unknown;
    private final List<String> differences = new ArrayList<>();
  }

  /** One tenant. */
  private final class OfTenant {
    private final TenantId tenant;
    private final Sum sum;
    private final StorageProvider expected = scratch.get();
    private final DocumentReplay replay = new DocumentReplay(expected);
    private final Set<String> met = new TreeSet<>();
    private final Set<String> relations = new TreeSet<>();
    private Position position = Position.START;

    OfTenant(TenantId tenant, Sum sum) {
      this.tenant = tenant;
      this.sum = sum;
    }

    void run() {
      catchUp();
      collections.apply(tenant).stream().filter(name -> !Names.isOwn(name)).forEach(met::add);
      for (String collection : met) {
        StateRoot root = scan(expected).root(tenant, collection);
        sum.documents += root.documents();
        sum.links += root.links();
        if (!root.equals(scan(model.get()).root(tenant, collection))) {
          differences(collection)
              .forEach((name, values) -> sum.differences.add(text(tenant, name, values)));
        }
      }
      sum.unknown += replay.unknown();
    }

    private void catchUp() {
      EventPage page;
      do {
        page = new BatchPages(events).after(position, EventFilter.of(tenant), PAGE);
        replay.apply(page.events());
        page.events()
            .forEach(
                event -> {
                  met.add(event.stream().collection());
                  if (event.type() == EventType.MEMBERSHIP_ADDED) {
                    event
                        .recorded()
                        .content()
                        .ifPresent(
                            content -> relations.add(content.tree().path("relation").asText()));
                  }
                });
        position = page.next();
      } while (!page.complete());
    }

    private StateScan scan(StorageProvider storage) {
      return new StateScan(storage, relations, folder);
    }

    /** Those that are the same each time one looks. */
    private Map<EntryName, Values> differences(String collection) {
      Map<EntryName, Values> lasting = compare(collection);
      for (int round = 1; round < ROUNDS && !lasting.isEmpty(); round++) {
        LockSupport.parkNanos(PAUSE.toNanos());
        catchUp();
        Map<EntryName, Values> now = compare(collection);
        lasting.entrySet().removeIf(each -> !each.getValue().equals(now.get(each.getKey())));
      }
      return lasting;
    }

    private Map<EntryName, Values> compare(String collection) {
      Map<EntryName, Digest> entries = new HashMap<>();
      scan(expected)
          .entries(
              tenant,
              collection,
              change -> entries.put(change.name(), change.value().orElse(Digest.NONE)));
      Map<EntryName, Values> different = new LinkedHashMap<>();
      Set<EntryName> inModel = new HashSet<>();
      scan(model.get())
          .entries(
              tenant,
              collection,
              change -> {
                Digest actual = change.value().orElse(Digest.NONE);
                Digest wanted = entries.get(change.name());
                inModel.add(change.name());
                if (!actual.equals(wanted)) {
                  different.put(change.name(), new Values(wanted, actual));
                }
              });
      entries.forEach(
          (name, wanted) -> {
            if (!inModel.contains(name)) {
              different.put(name, new Values(wanted, null));
            }
          });
      return different;
    }
  }

  private static String text(TenantId tenant, EntryName name, Values values) {
    String what =
        Optional.ofNullable(values.expected()).isEmpty()
            ? "is not in the events"
            : values.actual() == null ? "is missing" : "differs";
    if (name instanceof EntryName.Link link) {
      return "%s: %s/%s %s %s/%s %s"
          .formatted(
              tenant,
              link.collection(),
              link.id(),
              link.relation(),
              link.toCollection(),
              link.toId(),
              what);
    }
    EntryName.Document document = (EntryName.Document) name;
    return "%s: %s/%s %s".formatted(tenant, document.collection(), document.id(), what);
  }
}
