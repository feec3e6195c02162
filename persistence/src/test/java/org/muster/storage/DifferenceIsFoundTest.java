package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.storage.memory.MemoryStorage;

/** The differential test itself finds small mistakes; every mutant here makes one. */
class DifferenceIsFoundTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NE without values",
        "text order",
        "last link",
        "count",
        "existing",
        "stamp",
        "conflict",
        "tombstone",
        "buried",
        "restore",
        "purge",
        "order of several",
        "next"
      })
  void mutantIsFound(String mistake) {
    DifferentialTest differential =
        new DifferentialTest() {
          @Override
          protected StorageProvider subject(Clock clock) {
            return new Mutant(new MemoryStorage(clock), mistake);
          }
        };
    assertThatThrownBy(() -> differential.run(20_240_229, differential.subjectOfRun()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("20240229");
  }

  /** Makes one mistake, now and then. */
  private static final class Mutant extends ForwardingStorage {
    private final String mistake;

    Mutant(StorageProvider delegate, String mistake) {
      super(delegate);
      this.mistake = mistake;
    }

    @Override
    public Applied apply(Batch batch) {
      if (mistake.equals("conflict")) {
        return super.apply(new Batch(batch.tenant(), batch.changes(), Map.of()));
      }
      if (mistake.equals("restore") || mistake.equals("purge")) {
        return super.apply(without(mistake, batch));
      }
      Applied applied = super.apply(batch);
      return mistake.equals("stamp") ? Applied.NOTHING : applied;
    }

    @Override
    public Found query(Query query) {
      Expression filter =
          mistake.equals("NE without values")
              ? changed(
                  query.filter(),
                  compare ->
                      compare.operator() == Expression.Operator.NE
                          ? new Expression.And(
                              List.of(new Expression.Present(compare.path()), compare))
                          : compare)
              : query.filter();
      Query.Order order =
          mistake.equals("text order") && query.order().path().equals(People.NAME)
              ? new Query.Order(People.CODE, query.order().descending())
              : query.order();
      if (mistake.equals("order of several") && order.path().multiValued()) {
        order = new Query.Order(Path.ID, order.descending());
      }
      Found found =
          super.query(
              new Query(
                  query.tenant(),
                  query.collection(),
                  filter,
                  order,
                  query.page(),
                  query.expand(),
                  query.scanLimit()));
      return mistake.equals("next") ? new Found(found.items(), Optional.empty()) : found;
    }

    @Override
    public long count(Query query) {
      long count = super.count(query);
      return mistake.equals("count") && count > 5 ? count - 1 : count;
    }

    @Override
    public List<Linked> links(LinkQuery query) {
      return unless("last link", super.links(query), all -> all.subList(0, all.size() - 1));
    }

    @Override
    public Set<StorageKey> existing(Set<StorageKey> keys) {
      return mistake.equals("existing") ? keys : super.existing(keys);
    }

    @Override
    public List<Tombstone> tombstones(TombstoneQuery query) {
      return unless("tombstone", super.tombstones(query), all -> all.subList(1, all.size()));
    }

    @Override
    public Optional<Buried> buried(StorageKey key) {
      return mistake.equals("buried") ? Optional.empty() : super.buried(key);
    }

    private static Batch without(String mistake, Batch batch) {
      List<Change> changes =
          batch.changes().stream()
              .filter(
                  change ->
                      mistake.equals("purge")
                          ? !(change instanceof Change.Purge)
                          : !(change instanceof Change.Restore))
              .toList();
      return new Batch(batch.tenant(), changes, batch.preconditions());
    }

    private <T> List<T> unless(String name, List<T> all, UnaryOperator<List<T>> spoiled) {
      return mistake.equals(name) && !all.isEmpty() ? spoiled.apply(all) : all;
    }

    private static Expression changed(
        Expression expression, Function<Expression.Compare, Expression> change) {
      if (expression instanceof Expression.And and) {
        return new Expression.And(and.parts().stream().map(part -> changed(part, change)).toList());
      }
      if (expression instanceof Expression.Not not) {
        return new Expression.Not(changed(not.part(), change));
      }
      return expression instanceof Expression.Compare compare ? change.apply(compare) : expression;
    }
  }
}
