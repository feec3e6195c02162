package org.muster.bench.data;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Enterprise users of about 1 KB as JSON; person {@code n} is the same for the same seed and label,
 * whatever was asked for before.
 */
public final class People {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  private final long seed;
  private final String label;

  /**
   * Makes the people of a seed.
   *
   * @param label ends every user name, so that two populations do not collide
   */
  public People(long seed, String label) {
    this.seed = seed;
    this.label = label;
  }

  /** The same people with other user names. */
  public People labelled(String other) {
    return new People(seed, other);
  }

  /** The user name of person {@code index}. */
  public String userName(int index) {
    return String.format(Locale.ROOT, "person.%07d.%s@example.com", index, label);
  }

  /** Person {@code index} as the body of a POST. */
  public String json(int index) {
    return json(index, 0);
  }

  /** Person {@code index} as the body of a PUT; each revision differs in the title. */
  public String json(int index, int revision) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index);
    String given = Words.pick(Words.GIVEN, random);
    String family = Words.pick(Words.FAMILY, random);
    Words.City city = Words.pick(Words.CITIES, random);
    String userName = userName(index);
    StringBuilder out = new StringBuilder(1200);
    out.append("{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\",\"")
        .append(ENTERPRISE)
        .append("\"]");
    text(out, "externalId", "hr-" + label + "-" + index);
    text(out, "userName", userName);
    out.append(",\"name\":{\"formatted\":\"").append(given).append(' ').append(family).append('"');
    text(out, "familyName", family);
    text(out, "givenName", given);
    out.append('}');
    text(out, "displayName", given + " " + family);
    text(out, "nickName", given.substring(0, 2) + random.nextInt(1000));
    text(out, "title", Words.pick(Words.TITLES, random) + " " + revision);
    text(out, "userType", random.nextInt(10) == 0 ? "Contractor" : "Employee");
    text(out, "preferredLanguage", city.locale());
    text(out, "locale", city.locale());
    text(out, "timezone", city.timezone());
    out.append(",\"active\":true");
    contacts(out, userName, index, random);
    address(out, city, random);
    enterprise(out, index, random);
    return out.append('}').toString();
  }

  private void contacts(StringBuilder out, String userName, int index, SplittableRandom random) {
    out.append(",\"emails\":[{\"value\":\"").append(userName);
    out.append("\",\"type\":\"work\",\"primary\":true},{\"value\":\"home.").append(index);
    out.append('.').append(label).append("@example.net\",\"type\":\"home\"}]");
    out.append(",\"phoneNumbers\":[{\"value\":\"tel:+1-201-555-").append(digits(random, 4));
    out.append("\",\"type\":\"work\"},{\"value\":\"tel:+1-646-555-").append(digits(random, 4));
    out.append("\",\"type\":\"mobile\"}]");
  }

  private static void address(StringBuilder out, Words.City city, SplittableRandom random) {
    out.append(",\"addresses\":[{\"type\":\"work\"");
    text(out, "streetAddress", random.nextInt(1, 200) + " " + Words.pick(Words.STREETS, random));
    text(out, "locality", city.name());
    text(out, "region", city.region());
    text(out, "postalCode", digits(random, 5));
    text(out, "country", city.country());
    out.append(",\"primary\":true}]");
  }

  private static void enterprise(StringBuilder out, int index, SplittableRandom random) {
    out.append(",\"").append(ENTERPRISE).append("\":{\"employeeNumber\":\"").append(701984 + index);
    out.append('"');
    text(out, "costCenter", digits(random, 4));
    text(out, "organization", "Universal Studios");
    text(out, "division", "Theme Park");
    text(out, "department", Words.pick(Words.DEPARTMENTS, random));
    out.append('}');
  }

  private static void text(StringBuilder out, String name, String value) {
    out.append(",\"").append(name).append("\":\"").append(value).append('"');
  }

  private static String digits(SplittableRandom random, int count) {
    StringBuilder digits = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }
}
