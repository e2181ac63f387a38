package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.CanarySettings;
import dev.gatehouse.definition.Deployment;
import dev.gatehouse.definition.Stage;
import java.util.List;
import java.util.Optional;

/** Deployments and stages in the store: each an entry below its API, and what a deployment froze another one. */
final class Stages {

    static final String DEPLOYMENT = "deployment";
    static final String STAGE = "stage";

    /** What a deployment froze lies apart, so that listing deployments does not read it. */
    static final String FROZEN = "frozen";

    private Stages() {}

    static Deployment deployment(Entry entry) {
        return Documents.read(entry.json(), Deployment.class);
    }

    static Stage stage(Entry entry) {
        return Documents.read(entry.json(), Stage.class);
    }

    static Optional<Deployment> findDeployment(Reading reading, String apiId, String id) {
        return reading.get(new Key(DEPLOYMENT, apiId, id)).map(Stages::deployment);
    }

    static Optional<Stage> findStage(Reading reading, String apiId, String name) {
        return reading.get(new Key(STAGE, apiId, name)).map(Stages::stage);
    }

    static List<Stage> all(Reading reading, String apiId) {
        return reading.list(STAGE, apiId).stream().map(Stages::stage).toList();
    }

    static Optional<ApiDefinition> frozen(Reading reading, String apiId, String deploymentId) {
        return deploymentId == null
                ? Optional.empty()
                : reading.get(new Key(FROZEN, apiId, deploymentId))
                        .map(entry -> Documents.read(entry.json(), ApiDefinition.class));
    }

    static void put(Writing writing, String apiId, Deployment deployment) {
        writing.put(new Key(DEPLOYMENT, apiId, deployment.id()), Documents.text(deployment));
    }

    static void freeze(Writing writing, ApiDefinition api, Deployment deployment) {
        put(writing, api.restApi().id(), deployment);
        writing.put(new Key(FROZEN, api.restApi().id(), deployment.id()), Documents.text(api));
    }

    static void put(Writing writing, String apiId, Stage stage) {
        writing.put(new Key(STAGE, apiId, stage.stageName()), Documents.text(stage));
        Marks.SERVED.mark(writing, apiId);
    }

    static void removeDeployment(Writing writing, String apiId, String id) {
        writing.remove(new Key(DEPLOYMENT, apiId, id));
        writing.remove(new Key(FROZEN, apiId, id));
    }

    static boolean removeStage(Writing writing, String apiId, String name) {
        Marks.SERVED.mark(writing, apiId);
        return writing.remove(new Key(STAGE, apiId, name));
    }

    /** With the API goes all of it. */
    static void removeAll(Writing writing, String apiId) {
        for (String kind : List.of(STAGE, DEPLOYMENT, FROZEN)) {
            writing.removeAll(kind, apiId);
        }
        Marks.SERVED.mark(writing, apiId);
    }

    /** What a new deployment would change of what a stage serves. */
    static List<Changes.Change> changes(Reading reading, String apiId, Stage stage) {
        ApiDefinition draft = Apis.find(reading, apiId).orElseThrow();
        return frozen(reading, apiId, stage.deploymentId())
                .map(deployed -> Changes.between(deployed, draft))
                .orElse(List.of());
    }

    static List<Release> releases(Reading reading, String apiId) {
        return all(reading, apiId).stream()
                .flatMap(stage -> release(reading, apiId, stage).stream())
                .toList();
    }

    /** @return empty where there is no such deployment */
    static Optional<Release> release(Reading reading, String apiId, Stage stage) {
        CanarySettings canary = stage.canarySettings();
        ApiDefinition overridden = canary == null
                ? null
                : frozen(reading, apiId, canary.deploymentId()).orElse(null);
        return frozen(reading, apiId, stage.deploymentId())
                .map(definition -> new Release(stage, definition, overridden));
    }
}
