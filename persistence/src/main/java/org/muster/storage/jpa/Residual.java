package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.muster.sql.Sql;
import org.muster.storage.Expression;
import org.muster.storage.Expression.HasLink;
import org.muster.storage.ExpressionJudge;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/**
 * Judges documents one by one, as far as the database could not. What is to be known of their links
 * is read for all of a chunk at once.
 */
final class Residual {
  private final Dialect dialect;
  private final Connection connection;
  private final Dialect.Scope scope;
  private final Expression filter;
  private final Set<HasLink> links = new LinkedHashSet<>();

  Residual(Dialect dialect, Connection connection, Dialect.Scope scope, Expression filter) {
    this.dialect = dialect;
    this.connection = connection;
    this.scope = scope;
    this.filter = filter;
    collect(filter);
  }

  private void collect(Expression expression) {
    if (expression instanceof HasLink link) {
      links.add(link);
    } else if (expression instanceof Expression.And and) {
      and.parts().forEach(this::collect);
    } else if (expression instanceof Expression.Or or) {
      or.parts().forEach(this::collect);
    } else if (expression instanceof Expression.Not not) {
      collect(not.part());
    } else if (expression instanceof Expression.Element element) {
      collect(element.element());
    }
  }

  /** Those of the documents that satisfy the filter, in their order. */
  List<Stored> satisfying(List<Stored> documents) throws SQLException {
    if (documents.isEmpty()) {
      return documents;
    }
    Map<HasLink, Set<StorageKey>> having = new HashMap<>();
    for (HasLink link : links) {
      having.put(link, having(link, documents));
    }
    ExpressionJudge judge =
        new ExpressionJudge(
            filter, (key, link) -> having.getOrDefault(link, Set.of()).contains(key));
    return documents.stream().filter(judge).toList();
  }

  private Set<StorageKey> having(HasLink link, List<Stored> documents) throws SQLException {
    Condition condition = new FilterPlanner(dialect, connection, scope).plan(link);
    return condition.exact() ? asked(condition.may(), documents) : followed(link, documents);
  }

  private Set<StorageKey> asked(Sql condition, List<Stored> documents) throws SQLException {
    Set<StorageKey> having = new HashSet<>();
    List<StorageKey> keys = documents.stream().map(Stored::key).toList();
    Sql sql =
        Sql.of("select d.id from document d where ")
            .add(Dialect.among(keys))
            .add(" and ")
            .add(condition);
    try (PreparedStatement statement = dialect.prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        having.add(
            new StorageKey(
                keys.get(0).tenant(), scope.collection(), dialect.decode(rows.getString(1))));
      }
    }
    return having;
  }

  /** Only a transitive search for a collection gets here. */
  private Set<StorageKey> followed(HasLink link, List<Stored> documents) throws SQLException {
    LinkSelector selector = new LinkSelector(link.relation(), link.direction(), true);
    List<Linked> reached = new ArrayList<>();
    new LinkReader(dialect)
        .expand(connection, documents, List.of(selector))
        .forEach(document -> reached.addAll(document.links()));
    String collection = ((Expression.LinkTest.InCollection) link.test()).collection();
    Set<StorageKey> having = new HashSet<>();
    for (Linked each : reached) {
      if (each.other().collection().equals(collection)) {
        having.add(each.anchor());
      }
    }
    return having;
  }
}
