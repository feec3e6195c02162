package org.muster.storage.jpa;

/** How many statements H2 is sent. */
class H2StatementCountTest extends StatementCountContract {
  @Override
  TestDatabase database() {
    return TestDatabase.h2();
  }
}
