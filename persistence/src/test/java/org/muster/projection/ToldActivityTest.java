package org.muster.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;

class ToldActivityTest {
  private static final Instant TIME = Instant.ofEpochMilli(1);

  @Test
  void documentTellsWhatItSaysItself() {
    assertKnown(
        "{'label':'a','keys':{'active':['x']},'document':{'b':{'active':true},'active':false}}",
        false);
    assertKnown("{'document':{'active':true},'active':false}", true);
    assertSilent("{'document':{'name':{'active':true}}}");
    assertSilent("{'document':{'active':'true'}}");
    assertSilent("{'document':{'active':{'active':true}}}");
    assertSilent("{'document':null}");
  }

  @Test
  void lastChangeTells() {
    assertKnown("{'changes':[{'op':'add','path':'/active','value':true}],'digest':'x'}", true);
    assertKnown(
        "{'changes':[{'value':true,'path':'/active','op':'add'},"
            + "{'op':'replace','path':'/active','old':[{'path':'/x'}],'value':false},"
            + "{'op':'replace','path':'/title','value':{'active':true}}]}",
        false);
    assertSilent(
        "{'changes':[{'op':'add','path':'/active','value':true},{'op':'remove','path':'/active'}]}");
  }

  @Test
  void otherChangesTouch() {
    for (String content :
        List.of(
            "{}",
            "{'relation':'members','targets':{'User':['active']}}",
            "{'changes':[]}",
            "{'changes':{}}",
            "{'changes':[{'op':'replace','path':'/activeUntil','value':true},{'op':'test'}]}")) {
      assertThat(mark(content)).isEqualTo(new ActivityMark.Touched(TIME));
    }
  }

  @Test
  void brokenContentIsCorrupt() {
    for (String content :
        List.of("", "[]", "{'changes':[{'op'", "{'document':{'a':1", "{'a':1,'a':2}")) {
      assertThatThrownBy(() -> mark(content)).isInstanceOf(StorageException.Corrupt.class);
      assertThatThrownBy(() -> ToldDigest.of(content(content)))
          .isInstanceOf(StorageException.Corrupt.class);
    }
  }

  private static void assertKnown(String content, boolean active) {
    assertThat(mark(content)).isEqualTo(new ActivityMark.Known(Optional.of(active), TIME));
  }

  private static void assertSilent(String content) {
    assertThat(mark(content)).isEqualTo(new ActivityMark.Known(Optional.empty(), TIME));
  }

  private static ActivityMark mark(String content) {
    return ToldActivity.mark(content(content), TIME);
  }

  private static JsonDocument content(String text) {
    return JsonDocument.ofText(text.replace('\'', '"'));
  }
}
