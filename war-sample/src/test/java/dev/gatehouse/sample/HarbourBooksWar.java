package dev.gatehouse.sample;

import java.io.File;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR as the build made it: the flavour that the container under test needs. */
final class HarbourBooksWar {

    private HarbourBooksWar() {}

    /** @param name of the context path; one per test class, so that no deployment meets the rest of another */
    static WebArchive named(String name) {
        return ShrinkWrap.create(ZipImporter.class, name + ".war")
                .importFrom(new File(System.getProperty("it.war")))
                .as(WebArchive.class);
    }
}
