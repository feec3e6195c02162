package org.muster.it.container;

import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.muster.it.Instance;

/** The EAR as it was built, with one more web module that holds a test. */
final class TestEar {
  private TestEar() {}

  static EnterpriseArchive with(Class<?>... tests) {
    WebArchive war =
        ShrinkWrap.create(WebArchive.class, "test.war")
            .addClasses(tests)
            .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
            .addAsLibraries(assertj());
    EnterpriseArchive ear =
        ShrinkWrap.create(ZipImporter.class, "muster.ear")
            .importFrom(Instance.root().resolve("ear/target/muster.ear").toFile())
            .as(EnterpriseArchive.class);
    // The list of modules is given up, so that the server finds them all by their names.
    ear.delete("META-INF/application.xml");
    return ear.addAsModule(Testable.archiveToTest(war));
  }

  private static File assertj() {
    try {
      return new File(Assertions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
