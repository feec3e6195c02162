package org.muster.rest;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of docs/architecture.md, held over the classes of all modules. */
@AnalyzeClasses(packages = "org.muster", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule layersPointDown =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("rest")
          .definedBy("org.muster.rest..")
          .layer("services")
          .definedBy(
              "org.muster.scim..",
              "org.muster.security..",
              "org.muster.tenant..",
              "org.muster.operations..",
              "org.muster.directory..",
              "org.muster.retention..",
              "org.muster.caching..",
              "org.muster.feed..",
              "org.muster.delivery..",
              "org.muster.signal..",
              "org.muster.audit..",
              "org.muster.erasure..",
              "org.muster.wiring..")
          .layer("persistence")
          .definedBy(
              "org.muster.storage..",
              "org.muster.cache..",
              "org.muster.cluster..",
              "org.muster.access..",
              "org.muster.cache..",
              "org.muster.config..",
              "org.muster.monitor..",
              "org.muster.sql..",
              "org.muster.event..",
              "org.muster.receiver..",
              "org.muster.state..",
              "org.muster.projection..")
          .layer("kernel")
          .definedBy("org.muster.kernel..")
          .whereLayer("rest")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("services")
          .mayOnlyBeAccessedByLayers("rest")
          .whereLayer("persistence")
          .mayOnlyBeAccessedByLayers("rest", "services")
          .whereLayer("kernel")
          .mayOnlyBeAccessedByLayers("rest", "services", "persistence")
          .withOptionalLayers(true);

  @ArchTest
  static final ArchRule everythingIsInALayer =
      classes()
          .should()
          .resideInAnyPackage(
              "org.muster.rest..",
              "org.muster.scim..",
              "org.muster.security..",
              "org.muster.tenant..",
              "org.muster.operations..",
              "org.muster.directory..",
              "org.muster.retention..",
              "org.muster.caching..",
              "org.muster.feed..",
              "org.muster.delivery..",
              "org.muster.signal..",
              "org.muster.audit..",
              "org.muster.erasure..",
              "org.muster.wiring..",
              "org.muster.storage..",
              "org.muster.cache..",
              "org.muster.cluster..",
              "org.muster.access..",
              "org.muster.cache..",
              "org.muster.config..",
              "org.muster.monitor..",
              "org.muster.sql..",
              "org.muster.event..",
              "org.muster.receiver..",
              "org.muster.state..",
              "org.muster.projection..",
              "org.muster.kernel..");

  @ArchTest
  static final ArchRule kernelDependsOnNothingOfMuster =
      noClasses()
          .that()
          .resideInAPackage("org.muster.kernel..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.muster..")
                  .and(not(resideInAnyPackage("org.muster.kernel.."))));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.muster.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule backEndsAreKnownToWiringAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.muster.storage.*..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.muster.storage.*..")
                  .and(not(resideInAnyPackage("org.muster.storage.wiring.."))));

  @ArchTest
  static final ArchRule wiringIsKnownToTheStartAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.muster.storage.wiring..", "org.muster.wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.muster.storage.wiring..");

  @ArchTest
  static final ArchRule nodeStoresAreKnownToWiringAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.muster.state.*..", "..wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.muster.state.*..");

  @ArchTest
  static final ArchRule cacheLevelsAreKnownToWiringAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.muster.cache.heap..",
              "org.muster.cache.infinispan..",
              "org.muster.cache.redis..",
              "org.muster.cache.config..",
              "..wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.muster.cache.heap..",
              "org.muster.cache.infinispan..",
              "org.muster.cache.redis..");

  @ArchTest
  static final ArchRule cachesKnowNothingOfWhatTheyAreInFrontOf =
      noClasses()
          .that()
          .resideInAPackage("org.muster.cache..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.muster..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "org.muster.cache..",
                              "org.muster.kernel..",
                              "org.muster.monitor..",
                              "org.muster.config.."))));

  @ArchTest
  static final ArchRule storageSpiKnowsNoBackEnd =
      noClasses()
          .that()
          .resideInAPackage("org.muster.storage")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.muster.storage.*..");

  @ArchTest
  static final ArchRule backEndsDoNotKnowEachOther =
      slices()
          .matching("org.muster.storage.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency( // events go with the statements of the documents
              simpleName("JpaJournal"), simpleName("Companion"))
          .ignoreDependency(
              resideInAnyPackage("org.muster.storage.wiring.."),
              resideInAnyPackage("org.muster.."));

  @ArchTest
  static final ArchRule backEndsArePlainClasses =
      noClasses()
          .that()
          .resideInAPackage("org.muster.storage..")
          .and()
          .resideOutsideOfPackages("..wiring..", "..jpa..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.inject..",
              "jakarta.enterprise..",
              "jakarta.annotation..",
              "org.eclipse.microprofile.config..");

  @ArchTest
  static final ArchRule tracesAreKnownToTheirPackageAndWiringAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.muster.monitor.trace..", "..wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.opentelemetry..");

  @ArchTest
  static final ArchRule servicesKnowNoHttp =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.muster.rest..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.servlet..", "jakarta.ws.rs..");

  @ArchTest
  static final ArchRule serverIsKnownToTheListenerAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.muster.rest.listener..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.glassfish..", "com.sun..", "fish.payara..");

  @ArchTest
  static final ArchRule databasesAreKnownToTheJpaBackEndAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.muster.sql..",
              "org.muster.cluster.jpa..",
              "org.muster.storage.jpa..",
              "org.muster.event.jpa..",
              "org.muster.receiver.jpa..",
              "org.muster.projection.jpa..",
              "org.muster.state.jpa..",
              "org.muster.projection.jpa..",
              "org.muster.storage.wiring..",
              "org.muster.access..",
              "org.muster.wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "javax.sql..", "jakarta.persistence..", "org.flywaydb..");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveNameMatching(".*\\.([A-Za-z0-9$]*)(Impl|Util|Utils|Helper|Manager)")
          .orShould()
          .haveNameMatching(".*\\.Abstract[A-Za-z0-9$]*");
}
