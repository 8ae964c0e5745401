package dev.twine.sync;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The two lengths of a {@link SyncRun}. */
class SyncRunTest {

  @Test
  void nobodyIsPassedOverAndNothingIsLost() throws InterruptedException {
    SyncRun.main(new String[] {"100000", "20260101"});
  }

  @Test
  @Tag("long")
  void nobodyIsPassedOverAndNothingIsLostInTenMillionOperations() throws InterruptedException {
    SyncRun.main(new String[] {"10000000"});
  }
}
