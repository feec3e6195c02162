package org.muster.bench.data;

import java.util.List;
import java.util.SplittableRandom;

/** The vocabulary that people are made of; no entry needs an escape in JSON or in a filter. */
final class Words {
  static final List<String> GIVEN =
      List.of(
          "Adaeze", "Ann", "Bao", "Björn", "Carla", "Chloé", "Dmitri", "Elif", "Fatima", "Gustav",
          "Hana", "Ibrahim", "Ingrid", "Jack", "José", "Kavya", "Lars", "Lucía", "Mateusz", "Mei",
          "Nadia", "Olga", "Priya", "Quentin", "Rosa", "Søren", "Tariq", "Uma", "Viktor", "Zoë");

  static final List<String> FAMILY =
      List.of(
          "Abiola",
          "Andersson",
          "Becker",
          "Castro",
          "Costa",
          "Dubois",
          "Eriksen",
          "Fischer",
          "García",
          "Haddad",
          "Ito",
          "Jansen",
          "Kowalski",
          "Li",
          "Martin",
          "Müller",
          "Nakamura",
          "Novák",
          "Okafor",
          "Patel",
          "Quinn",
          "Rossi",
          "Silva",
          "Smith",
          "Tanaka",
          "Ueda",
          "Vargas",
          "Weiß",
          "Yılmaz",
          "Zhang");

  static final List<String> STREETS =
      List.of("Harbour Street", "Linden Avenue", "Mill Lane", "Station Road", "University Drive");

  static final List<City> CITIES =
      List.of(
          new City("Aarhus", "Midtjylland", "DK", "Europe/Copenhagen", "da-DK"),
          new City("Bengaluru", "Karnataka", "IN", "Asia/Kolkata", "en-IN"),
          new City("Boston", "MA", "US", "America/New_York", "en-US"),
          new City("Köln", "NRW", "DE", "Europe/Berlin", "de-DE"),
          new City("Kraków", "Małopolska", "PL", "Europe/Warsaw", "pl-PL"),
          new City("Lyon", "Rhône", "FR", "Europe/Paris", "fr-FR"),
          new City("Osaka", "Kansai", "JP", "Asia/Tokyo", "ja-JP"),
          new City("São Paulo", "SP", "BR", "America/Sao_Paulo", "pt-BR"));

  static final List<String> TITLES =
      List.of("Analyst", "Architect", "Buyer", "Engineer", "Nurse", "Planner", "Tour Guide");

  static final List<String> DEPARTMENTS =
      List.of("Finance", "Logistics", "Operations", "Research", "Sales", "Support");

  private Words() {}

  static <T> T pick(List<T> words, SplittableRandom random) {
    return words.get(random.nextInt(words.size()));
  }

  /** A place of work, with what follows from it. */
  record City(String name, String region, String country, String timezone, String locale) {}
}
