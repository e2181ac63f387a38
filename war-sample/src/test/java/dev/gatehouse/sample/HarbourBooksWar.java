package dev.gatehouse.sample;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    /** @param path of a text file in the WAR */
    static String text(WebArchive war, String path) {
        try (InputStream file = war.get(path).getAsset().openStream()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
