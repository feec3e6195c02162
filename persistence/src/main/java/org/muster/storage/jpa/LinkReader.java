package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.muster.kernel.TenantId;
import org.muster.sql.Sql;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkSelector;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.Linked;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/** Reads links: never a statement per document or per link. */
final class LinkReader {

  private final Dialect dialect;

  LinkReader(Dialect dialect) {
    this.dialect = dialect;
  }

  private static String near(Direction direction) {
    return direction == Direction.OUT ? "from" : "to";
  }

  private static String far(Direction direction) {
    return direction == Direction.OUT ? "to" : "from";
  }

  /**
   * A document with its links: one statement, and one more for each further level that is there.
   */
  Optional<Stored> get(Connection connection, StorageKey key, List<LinkSelector> expand)
      throws SQLException {
    if (expand.isEmpty()) {
      return get(connection, key);
    }
    List<Walk> walks = new ArrayList<>();
    Sql sql =
        Sql.of("select 0, " + DocumentRows.COLUMNS + ", '', '', false from document d where ")
            .add("d.tenant = ? and d.collection = ?", key.tenant().value(), key.collection())
            .add(" and d.id = ? and coalesce(d.deleted_ms, 0) = 0", key.id());
    for (LinkSelector selector : expand) {
      walks.add(new Walk(selector, List.of(key)));
      sql.add(branch(key, selector, walks.size()));
    }
    Stored document = null;
    try (PreparedStatement statement = dialect.prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        int part = rows.getInt(1);
        if (part == 0) {
          document = DocumentRows.read(rows, key, 2);
        } else {
          StorageKey other = key(key.tenant(), rows, 7);
          walks.get(part - 1).found(key, other, rows.getString(5), rows.getBoolean(9));
        }
      }
    }
    if (document == null) {
      return Optional.empty();
    }
    walks.forEach(Walk::descend);
    follow(connection, walks, false);
    return Optional.of(document.with(of(walks, key)));
  }

  private Optional<Stored> get(Connection connection, StorageKey key) throws SQLException {
    Sql sql =
        Sql.of(
            "select "
                + DocumentRows.COLUMNS
                + " from document d where d.tenant = ? and d.collection = ? and d.id = ?"
                + " and coalesce(d.deleted_ms, 0) = 0",
            key.tenant().value(),
            key.collection(),
            key.id());
    try (PreparedStatement statement = dialect.prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(DocumentRows.read(rows, key, 1)) : Optional.empty();
    }
  }

  private Sql branch(StorageKey key, LinkSelector selector, int part) {
    String near = near(selector.direction());
    String far = far(selector.direction());
    return Sql.of(" union all (select " + part + ", 0, 0, 0, o.label, " + dialect.nullBody())
        .add(", l." + far + "_collection, l." + far + "_id, " + hasMore(selector))
        .add(" from link l")
        .add(dialect.joinLabel(selector, Optional.of(key.tenant().value())))
        .add(" where l.tenant = ? and l." + near + "_id = ?", key.tenant().value(), key.id())
        .add(" and l." + near + "_collection = ?", key.collection())
        .add(" and l.relation = ?", selector.relation())
        .add(" limit " + (LinkSelector.MAX_LINKS + 2) + ")");
  }

  /**
   * The links of the documents {@code p(n, id)}; a branch of the union of {@link LookupReader}.
   *
   * @param tenant whose they are; empty if that stands in {@code p.t}
   */
  Sql branch(Optional<String> tenant, String collection, LinkSelector selector, int part) {
    String near = near(selector.direction());
    String far = far(selector.direction());
    return Sql.of(" union all (select " + part + ", u.n, u.i, 0, 0, 0, o.label, ")
        .add(dialect.nullBody() + ", l." + far + "_collection, l." + far + "_id, ")
        .add(hasMore(selector))
        .add(" from (select p.n, p.t, ? as c, p.id as i from p) u", collection)
        .add(
            dialect.joinLinks(
                near,
                far,
                tenant.map(Dialect::tenant).orElseGet(() -> Sql.of("u.t")),
                selector.relation(),
                LinkSelector.MAX_LINKS + 2))
        .add(dialect.joinLabel(selector, tenant))
        .add(" limit " + (Walk.MAX_LINKS + 1) + ")");
  }

  private String hasMore(LinkSelector selector) {
    return selector.transitive() ? dialect.more(selector.direction()) : "false";
  }

  /** The documents with their links: a statement for each selector and level. */
  List<Stored> expand(Connection connection, List<Stored> documents, List<LinkSelector> expand)
      throws SQLException {
    if (expand.isEmpty() || documents.isEmpty()) {
      return documents;
    }
    List<StorageKey> anchors = documents.stream().map(Stored::key).toList();
    List<Walk> walks = expand.stream().map(selector -> new Walk(selector, anchors)).toList();
    follow(connection, walks, false);
    return documents.stream().map(document -> document.with(of(walks, document.key()))).toList();
  }

  static List<Linked> of(List<Walk> walks, StorageKey key) {
    List<Linked> all = new ArrayList<>();
    walks.forEach(walk -> all.addAll(walk.of(key)));
    if (all.size() > LinkSelector.MAX_LINKS) {
      throw Walk.tooLarge();
    }
    return all;
  }

  /** Reads what is left of the walks: a statement for each level, and tenant, that is there. */
  void follow(Connection connection, List<Walk> walks, boolean withMoreOnly) throws SQLException {
    for (Walk walk : walks) {
      List<StorageKey> frontier = walk.frontier();
      while (!frontier.isEmpty()) {
        for (List<StorageKey> some : byTenant(frontier)) {
          readLevel(connection, some.get(0).tenant(), some, walk, withMoreOnly);
        }
        walk.descend();
        frontier = walk.frontier();
      }
    }
  }

  private static Collection<List<StorageKey>> byTenant(List<StorageKey> keys) {
    Map<TenantId, List<StorageKey>> tenants = new LinkedHashMap<>();
    keys.forEach(key -> tenants.computeIfAbsent(key.tenant(), t -> new ArrayList<>()).add(key));
    return tenants.values();
  }

  private void readLevel(
      Connection connection,
      TenantId tenant,
      List<StorageKey> frontier,
      Walk walk,
      boolean withMoreOnly)
      throws SQLException {
    LinkSelector selector = walk.selector;
    String near = near(selector.direction());
    String far = far(selector.direction());
    Sql sql =
        Sql.of("select u.c, u.i, l." + far + "_collection, l." + far + "_id, o.label, ")
            .add(hasMore(selector))
            .add(" from unnest(?, ?) u(c, i)", Dialect.collections(frontier), Dialect.ids(frontier))
            .add(
                dialect.joinLinks(
                    near,
                    far,
                    Dialect.tenant(tenant.value()),
                    selector.relation(),
                    LinkSelector.MAX_LINKS + 2))
            .add(dialect.joinLabel(selector, Optional.of(tenant.value())))
            .add(withMoreOnly ? " where " + hasMore(selector) : "")
            .add(" limit " + (Walk.MAX_LINKS + 1));
    int count = 0;
    try (PreparedStatement statement = dialect.prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (++count > Walk.MAX_LINKS) {
          throw Walk.tooLarge();
        }
        walk.found(
            key(tenant, rows, 1), key(tenant, rows, 3), rows.getString(5), rows.getBoolean(6));
      }
    }
  }

  private StorageKey key(TenantId tenant, ResultSet rows, int first) throws SQLException {
    return key(dialect, tenant, rows, first);
  }

  static StorageKey key(Dialect dialect, TenantId tenant, ResultSet rows, int first)
      throws SQLException {
    return new StorageKey(
        tenant, dialect.decode(rows.getString(first)), dialect.decode(rows.getString(first + 1)));
  }

  /** A page of direct links: one statement, two where it goes on within the links of a document. */
  List<Linked> links(Connection connection, LinkQuery query) throws SQLException {
    TreeSet<StorageKey> anchors = new TreeSet<>(query.anchors());
    List<Linked> links = new ArrayList<>();
    if (query.after().isPresent()) {
      StorageKey last = query.after().get().anchor();
      anchors.headSet(last, false).clear();
      if (anchors.remove(last)) {
        read(connection, ofOne(last, query), query, links);
      }
    }
    int wanted = query.limit() - links.size();
    if (wanted > 0 && !anchors.isEmpty()) {
      Sql sql = anchors.size() == 1 ? ofOne(anchors.first(), query) : ofMany(anchors, query);
      read(connection, sql, query, links);
    }
    return links.size() > query.limit() ? links.subList(0, query.limit()) : links;
  }

  private void read(Connection connection, Sql sql, LinkQuery query, List<Linked> links)
      throws SQLException {
    TenantId tenant = query.anchors().get(0).tenant();
    try (PreparedStatement statement = dialect.prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        links.add(
            new Linked(
                key(tenant, rows, 1),
                query.relation(),
                query.direction(),
                key(tenant, rows, 3),
                rows.getString(5),
                true));
      }
    }
  }

  private static Sql columns(LinkQuery query) {
    String near = near(query.direction());
    String far = far(query.direction());
    return Sql.of(
        String.format(
            "select l.%1$s_collection, l.%1$s_id, l.%2$s_collection, l.%2$s_id, o.label",
            near, far));
  }

  /** All columns of the index stand in the order, so that either database reads it in order. */
  private static Sql ofOne(StorageKey anchor, LinkQuery query) {
    String near = near(query.direction());
    String far = far(query.direction());
    Sql sql =
        columns(query)
            .add(" from link l" + Dialect.otherEnd(query.direction()))
            .add(
                " where l.tenant = ? and l." + near + "_id = ?",
                anchor.tenant().value(),
                anchor.id())
            .add(" and l." + near + "_collection = ?", anchor.collection())
            .add(" and l.relation = ?", query.relation());
    query
        .after()
        .filter(after -> after.anchor().equals(anchor))
        .ifPresent(after -> sql.add(" and ").add(behind(far, after.other())));
    return sql.add(
        String.format(
                " order by l.tenant, l.%1$s_id, l.%1$s_collection, l.relation, l.%2$s_collection,"
                    + " l.%2$s_id limit ",
                near, far)
            + query.limit());
  }

  private static Sql behind(String far, StorageKey other) {
    return Sql.of(
        String.format("(l.%1$s_collection, l.%1$s_id) > (?, ?)", far),
        other.collection(),
        other.id());
  }

  private Sql ofMany(Set<StorageKey> anchors, LinkQuery query) {
    String near = near(query.direction());
    String far = far(query.direction());
    Sql tenant = Dialect.tenant(query.anchors().get(0).tenant().value());
    return columns(query)
        .add(" from unnest(?, ?) u(c, i)", Dialect.collections(anchors), Dialect.ids(anchors))
        .add(dialect.joinLinks(near, far, tenant, query.relation(), query.limit()))
        .add(
            Dialect.otherEnd(query.direction())
                + String.format(
                    " order by l.%2$s_collection, l.%2$s_id, l.%1$s_collection, l.%1$s_id limit ",
                    far, near))
        .add(Integer.toString(query.limit()));
  }

  /**
   * What leads to the documents with this id, for each of them: itself and whatever reaches it over
   * any number of links and is linked to in turn. So a document reaches one of them if it has a
   * direct link to what leads there.
   */
  Map<StorageKey, Set<StorageKey>> leadingTo(
      Connection connection, TenantId tenant, LinkSelector selector, String id)
      throws SQLException {
    List<StorageKey> ends = new ArrayList<>();
    String far = far(selector.direction());
    Sql sql =
        Sql.of("select distinct l." + far + "_collection from link l where l.tenant = ?")
            .add(" and l." + far + "_id = ? and l.relation = ?")
            .with(tenant.value(), id, selector.relation());
    try (PreparedStatement statement = dialect.prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        ends.add(new StorageKey(tenant, dialect.decode(rows.getString(1)), id));
      }
    }
    Direction back = selector.direction() == Direction.OUT ? Direction.IN : Direction.OUT;
    Walk walk = new Walk(new LinkSelector(selector.relation(), back, true), ends);
    follow(connection, List.of(walk), true);
    Map<StorageKey, Set<StorageKey>> leading = new LinkedHashMap<>();
    for (StorageKey end : ends) {
      Set<StorageKey> nodes = new TreeSet<>(Set.of(end));
      walk.of(end).forEach(link -> nodes.add(link.other()));
      leading.put(end, nodes);
    }
    return leading;
  }

  /** Which of the keys are those of live documents. */
  Set<StorageKey> existing(Connection connection, Collection<StorageKey> keys) throws SQLException {
    Set<StorageKey> live = new HashSet<>();
    TenantId tenant = keys.iterator().next().tenant();
    for (List<StorageKey> some : Dialect.byCollection(keys)) {
      Sql sql = Sql.of("select d.collection, d.id from document d where ").add(Dialect.among(some));
      try (PreparedStatement statement = dialect.prepare(connection, sql);
          ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          live.add(key(tenant, rows, 1));
        }
      }
    }
    return live;
  }
}
