package org.muster.storage.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.storage.JsonDocument;
import org.muster.storage.LinkSelector;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.Linked;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

class EntryCodecTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final StorageKey ANN = new StorageKey(TENANT, "User", "ann");
  private static final StorageKey STAFF = new StorageKey(TENANT, "Group", "\uD83D\uDE00");
  private static final List<LinkSelector> GROUPS =
      List.of(new LinkSelector("members", Direction.IN, true));

  private final EntryCodec codec = new EntryCodec();

  private static CachedDocument document(List<CachedDocument.Shown> shown) {
    Stored stored =
        new Stored(
            ANN,
            new Version(7),
            Instant.ofEpochMilli(1),
            Instant.ofEpochMilli(2),
            "Ann \u00e9",
            JsonDocument.ofText("{\"userName\":\"\u4e2d\"}"),
            List.of(new Linked(ANN, "members", Direction.IN, STAFF, "Staff", true)));
    return new CachedDocument(stored, GROUPS, shown, 3);
  }

  private static List<CachedDocument.Shown> stamps() {
    return List.of(new CachedDocument.Shown(Places.stamp(STAFF), 99));
  }

  @Test
  void documentComesBackAsItWas() {
    CachedDocument back =
        (CachedDocument) codec.decode(ByteBuffer.wrap(codec.encode(document(stamps()))));
    assertThat(back.stored()).isEqualTo(document(stamps()).stored());
    assertThat(back.selectors()).isEqualTo(GROUPS);
    assertThat(back.shown()).isEqualTo(stamps());
    assertThat(back.epoch()).isEqualTo(3);
    assertThat(back.isSettled()).isTrue();
  }

  @Test
  void documentThatIsNotToBeServedAgainStaysSo() {
    CachedDocument back =
        (CachedDocument)
            codec.decode(ByteBuffer.wrap(codec.encode(document(CachedDocument.UNSETTLED))));
    assertThat(back.isSettled()).isFalse();
  }

  @Test
  void stampKeepsItsNumber() {
    assertThat(codec.decode(ByteBuffer.wrap(codec.encode(new Stamp(-5)))))
        .isInstanceOf(Stamp.class);
    assertThat(((Stamp) codec.decode(ByteBuffer.wrap(codec.encode(new Stamp(-5))))).id())
        .isEqualTo(-5);
    assertThat(codec.decode(ByteBuffer.wrap(codec.encode(new TooWide())))).isEqualTo(new TooWide());
  }

  @Test
  void bytesThatWereCutShortAreRefused() {
    byte[] whole = codec.encode(document(stamps()));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatIllegalArgumentException().isThrownBy(() -> codec.decode(ByteBuffer.wrap(cut)));
    }
  }

  @Test
  void bytesThatWereChangedAreRefusedOrAreAnEntry() {
    byte[] whole = codec.encode(document(stamps()));
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      try {
        assertThat(codec.decode(ByteBuffer.wrap(changed))).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageNotContaining("Exception");
      }
    }
  }
}
