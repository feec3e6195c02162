package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.muster.kernel.TenantId;
import org.muster.sql.Sql;
import org.muster.storage.JsonDocument;
import org.muster.storage.LinkSelector;
import org.muster.storage.Path;
import org.muster.storage.Query;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/**
 * Answers lookups that are alike, with the links of what they find, by one statement, and one more
 * for each further level of links that is there, of each tenant.
 */
final class LookupReader {
  private static final String ONE_TENANT =
      " from (select n, v, null as t from unnest(?) with ordinality u(v, n)) u";
  private static final String SEVERAL_TENANTS = " from unnest(?, ?) with ordinality u(t, v, n)";

  private final Dialect dialect;
  private final LinkReader links;

  LookupReader(Dialect dialect) {
    this.dialect = dialect;
    this.links = new LinkReader(dialect);
  }

  /** A link as it was read, from the document at {@code node}. */
  private record Read(StorageKey node, StorageKey other, String label, boolean hasMore) {}

  /**
   * What each of the lookups finds, in their order; empty for one that finds documents which are
   * too large to be read together.
   */
  List<Optional<List<Stored>>> read(Connection connection, List<Lookup> alike) throws SQLException {
    Lookup first = alike.get(0);
    if (alike.size() == 1 && first.path().equals(Path.ID)) {
      return List.of(
          Optional.of(links.get(connection, first.key(), first.expand()).stream().toList()));
    }
    List<TenantId> tenants =
        alike.stream().map(lookup -> TenantId.stored(lookup.scope().tenant())).toList();
    Map<StorageKey, Stored> documents = new LinkedHashMap<>();
    Set<Integer> tooLarge = new HashSet<>();
    List<List<StorageKey>> found = new ArrayList<>();
    alike.forEach(lookup -> found.add(new ArrayList<>()));
    List<List<Read>> read = new ArrayList<>();
    first.expand().forEach(selector -> read.add(new ArrayList<>()));
    try (PreparedStatement statement = dialect.prepare(connection, sql(alike));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        int part = rows.getInt(1);
        int number = rows.getInt(2) - 1;
        TenantId tenant = tenants.get(number);
        StorageKey key =
            new StorageKey(tenant, first.scope().collection(), dialect.decode(rows.getString(3)));
        if (part == 0) {
          found.get(number).add(key);
          if (rows.getString(8) == null && bytes(first) < JsonDocument.MAX_BYTES) {
            tooLarge.add(number);
          } else if (!documents.containsKey(key)) {
            documents.put(key, DocumentRows.read(rows, key, 4));
          }
        } else {
          StorageKey other = LinkReader.key(dialect, tenant, rows, 9);
          read.get(part - 1).add(new Read(key, other, rows.getString(7), rows.getBoolean(11)));
        }
      }
    }
    Map<StorageKey, Stored> expanded = expand(connection, first.expand(), documents, read);
    List<Optional<List<Stored>>> answers = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      answers.add(
          tooLarge.contains(i)
              ? Optional.empty()
              : Optional.of(found.get(i).stream().map(expanded::get).toList()));
    }
    return answers;
  }

  /** The most bytes of a document that is read, so that all that one lookup finds are a page. */
  private static int bytes(Lookup lookup) {
    return Query.Page.MAX_BYTES / lookup.limit();
  }

  private static Sql body(Lookup lookup) {
    return bytes(lookup) >= JsonDocument.MAX_BYTES
        ? Sql.of("p.body")
        : Sql.of(
            "case when octet_length(cast(p.body as varchar)) <= ? then p.body end", bytes(lookup));
  }

  private Map<StorageKey, Stored> expand(
      Connection connection,
      List<LinkSelector> selectors,
      Map<StorageKey, Stored> documents,
      List<List<Read>> read)
      throws SQLException {
    if (selectors.isEmpty()) {
      return documents;
    }
    List<Walk> walks = new ArrayList<>();
    for (int i = 0; i < selectors.size(); i++) {
      Walk walk = new Walk(selectors.get(i), documents.keySet());
      for (Read link : read.get(i)) {
        walk.found(link.node(), link.other(), link.label(), link.hasMore());
      }
      walk.descend();
      walks.add(walk);
    }
    links.follow(connection, walks, false);
    documents.replaceAll((key, document) -> document.with(LinkReader.of(walks, key)));
    return documents;
  }

  /** Where all are of one tenant, it is a constant, of which the database asks less. */
  private Sql sql(List<Lookup> alike) {
    Lookup first = alike.get(0);
    String collection = first.scope().collection();
    Optional<String> tenant = Optional.of(first.scope().tenant()).filter(one -> areOf(one, alike));
    Sql sql =
        Sql.of("with p as materialized (select u.n, u.t, d.id, " + DocumentRows.COLUMNS)
            .add(tenant.isPresent() ? ONE_TENANT : SEVERAL_TENANTS)
            .with(tenant.isPresent() ? new Object[0] : new Object[] {tenants(alike)})
            .with((Object) values(alike))
            .add(" cross join lateral (select d.* from ")
            .add(
                dialect
                    .lookup(
                        tenant.map(Dialect::tenant).orElseGet(() -> Sql.of("u.t")),
                        collection,
                        first.path(),
                        "u.v")
                    .orElseThrow())
            .add(" order by d.id limit ?) d)", first.limit())
            .add(" select 0, p.n, p.id, p.version, p.created_ms, p.modified_ms, p.label, ")
            .add(body(first))
            .add(", '', '', false from p");
    for (int i = 0; i < first.expand().size(); i++) {
      sql.add(links.branch(tenant, collection, first.expand().get(i), i + 1));
    }
    return sql;
  }

  private static boolean areOf(String tenant, List<Lookup> lookups) {
    return lookups.stream().allMatch(lookup -> lookup.scope().tenant().equals(tenant));
  }

  private static String[] tenants(List<Lookup> alike) {
    return alike.stream().map(lookup -> lookup.scope().tenant()).toArray(String[]::new);
  }

  private static String[] values(List<Lookup> alike) {
    return alike.stream().map(Lookup::value).toArray(String[]::new);
  }
}
