package org.muster.it.launcher;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** Creates users and puts pairs of them into groups, until the server is gone. */
final class Writer implements Runnable {
  private final String name;
  private final ScimClient scim;
  private final List<String> groups;
  private final Journal journal;
  private final Random random;

  Writer(String name, ScimClient scim, List<String> groups, Journal journal, long seed) {
    this.name = name;
    this.scim = scim;
    this.groups = groups;
    this.journal = journal;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    try {
      for (int i = 0; ; i++) {
        String one = create(name + "-" + i + "-one");
        String other = create(name + "-" + i + "-other");
        join(groups.get(random.nextInt(groups.size())), one, other);
      }
    } catch (UncheckedIOException e) {
      return; // the server was killed
    }
  }

  private String create(String userName) {
    journal.unsure.add(userName);
    ScimResponse response =
        scim.post(
            "/Users",
            """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s",
             "name":{"familyName":"%s"},"emails":[{"value":"%s@example.com"}]}
            """
                .formatted(userName, userName, userName));
    String id = response.expect(201).id();
    journal.users.put(userName, id);
    journal.unsure.remove(userName);
    return id;
  }

  private void join(String group, String one, String other) {
    boolean acknowledged = false;
    try {
      ScimResponse response =
          scim.patchOperations(
              "/Groups/" + group,
              """
              {"op":"add","path":"members","value":[{"value":"%s"},{"value":"%s"}]}
              """
                  .formatted(one, other));
      // Writers race for a group: a 503 after the server's own retries changed nothing.
      acknowledged = response.status() == 204 || response.status() == 200;
      if (!acknowledged && response.status() != 503) {
        throw new AssertionError(response.toString());
      }
    } finally {
      journal.pairs.add(new Journal.Pair(group, one, other, acknowledged));
    }
  }
}
