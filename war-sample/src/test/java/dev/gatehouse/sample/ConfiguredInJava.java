package dev.gatehouse.sample;

import dev.gatehouse.configuration.Basepath;
import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.configuration.RestApiConfiguration;
import dev.gatehouse.configuration.StageConfiguration;
import dev.gatehouse.definition.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.List;
import java.util.Map;

/** In place of gatehouse.yaml; the document of the API stays where it is. */
@ApplicationScoped
public class ConfiguredInJava {

    @Produces
    GatehouseConfiguration configuration() {
        Stage.Draft stage = Stage.draft();
        stage.stageName = "java";
        stage.variables = Map.of("town", "Java", "catalogue", "books", "currency", "EUR");
        return GatehouseConfiguration.builder()
                .accountId("123456789012")
                .region("eu-central-1")
                .api(new RestApiConfiguration(
                        "harbour",
                        "harbour.openapi.yaml",
                        Basepath.IGNORE,
                        false,
                        List.of(new StageConfiguration(stage.build(), "/"))))
                .build();
    }
}
