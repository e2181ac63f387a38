package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.http.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A control plane in memory that everybody may call, where every call takes a second. */
final class TestControlPlane {

    static final String ACCOUNT = "111111111111";
    static final String REGION = "eu-west-1";

    private final ControlPlane plane;

    private TestControlPlane(ControlPlane plane) {
        this.plane = plane;
    }

    /** @param problems with which the data plane refuses everything; empty where it takes everything */
    static TestControlPlane of(List<String> problems) {
        return of(problems, new InMemoryStore());
    }

    /** @param store for tests that look into it */
    static TestControlPlane on(DefinitionStore store) {
        return of(List.of(), store);
    }

    private static TestControlPlane of(List<String> problems, DefinitionStore store) {
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        Random random = new Random(42);
        Home home = new Home(ACCOUNT, REGION, () -> now[0] = now[0].plusSeconds(1), random::nextLong);
        return new TestControlPlane(new ControlPlane(
                store, List::of, new RefusingDataPlane(problems), request -> new Caller("somebody"), home));
    }

    /** A data plane that finds the same problems in everything. */
    private record RefusingDataPlane(List<String> problems) implements DataPlane {

        @Override
        public List<Problem> check(Release release) {
            return problems.stream()
                    .map(text -> Problem.error("api", "/place", text))
                    .toList();
        }

        @Override
        public void publish(String restApiId, List<Release> stages) {
            // nothing to see from here
        }
    }

    ControlResponse call(String method, String target, String body) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? null : target.substring(question + 1);
        return plane.answer(
                new ControlRequest(method, path, path, query, Headers.EMPTY, body.getBytes(StandardCharsets.UTF_8)));
    }
}
