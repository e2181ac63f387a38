package dev.gatehouse.controlplane.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.Deployment;
import dev.gatehouse.definition.DomainName;
import dev.gatehouse.definition.EndpointConfiguration;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.definition.UsagePlan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublisherTest {

    private final DefinitionStore store = new InMemoryStore();

    /** The APIs of each call, in order. */
    private final List<Set<String>> published = new ArrayList<>();

    private final List<List<HostedDomain>> hosted = new ArrayList<>();

    private final Publisher publisher = new Publisher(store, "eu-west-1", new DataPlane() {
        @Override
        public void admitKey(String keyId, ApiKey key, List<String> planIds) {
            // nobody is let in here
        }

        @Override
        public void admitPlan(String planId, UsagePlan plan) {
            // nobody is let in here
        }

        @Override
        public Map<String, List<long[]>> usage(UsagePlan plan, Set<String> keyIds, LocalDate from, LocalDate to) {
            throw new UnsupportedOperationException("nothing is counted here");
        }

        @Override
        public void extendQuota(UsagePlan plan, String keyId, long remaining) {
            throw new UnsupportedOperationException("nothing is counted here");
        }

        @Override
        public List<Problem> check(String region, Release release) {
            return List.of();
        }

        @Override
        public AuthorizerTrial.Result test(String region, AuthorizerTrial trial) {
            throw new UnsupportedOperationException("nobody is asked here");
        }

        @Override
        public List<CallRecord> traces(String restApiId, String stageName) {
            return List.of();
        }

        @Override
        public void flushAuthorizers(String restApiId, String stageName) {
            // nothing is remembered here
        }

        @Override
        public MethodTrial.Result test(String region, MethodTrial trial) {
            throw new UnsupportedOperationException("nothing runs here");
        }

        @Override
        public void publish(String region, Map<String, List<Release>> stagesByApi) {
            published.add(Set.copyOf(stagesByApi.keySet()));
        }

        @Override
        public void publishLinks(String region, Map<String, String> targetArns) {
            // nobody calls over them here
        }

        @Override
        public boolean leadsTo(String targetArn) {
            return false;
        }

        @Override
        public void publish(String region, List<HostedDomain> domains) {
            hosted.add(domains);
        }
    });

    @Test
    void onlyWhatOthersChangedIsPublishedAgain() {
        stage("a");
        stage("b");
        publisher.refresh();
        stage("b");
        publisher.refresh();

        assertThat(published).containsExactly(Set.of("a", "b"), Set.of("b"));
    }

    @Test
    void whatThisProcessPublishedItselfIsNotPublishedTwice() {
        publisher.refresh();
        stage("a");
        publisher.publish("a");
        publisher.refresh();

        assertThat(published).containsExactly(Set.of("a"));
    }

    @Test
    void aDeletedApiIsPublishedWithoutStages() {
        stage("a");
        publisher.refresh();
        store.write(writing -> {
            Stages.removeAll(writing, "a");
            return null;
        });
        publisher.refresh();

        assertThat(published).containsExactly(Set.of("a"), Set.of("a"));
    }

    @Test
    void domainNamesOfOthersAreFollowedAndToldOnce() {
        DomainName.Draft draft = DomainName.draft();
        draft.domainName = "API.example.com";
        draft.endpointConfiguration = new EndpointConfiguration(List.of(EndpointType.REGIONAL), null, List.of());
        store.write(writing -> {
            Domains.put(writing, draft.build());
            return null;
        });
        publisher.refresh();
        stage("a");
        publisher.refresh();

        assertThat(hosted).containsExactly(List.of(new HostedDomain("api.example.com", List.of())));
    }

    @Test
    void changesOfOtherThingsPublishNothing() {
        stage("a");
        publisher.refresh();
        store.write(writing -> {
            Stages.put(writing, "a", new Deployment("d", null, null, null));
            return null;
        });
        publisher.refresh();

        assertThat(published).containsExactly(Set.of("a"));
    }

    @Test
    void manyApisComeInPieces() {
        for (int i = 0; i < 600; i++) {
            stage("api" + i);
        }
        publisher.refresh();

        assertThat(published).extracting(Set::size).containsExactly(256, 256, 88);
    }

    private void stage(String apiId) {
        Stage.Draft draft = Stage.draft();
        draft.stageName = "prod";
        store.write(writing -> {
            Stages.put(writing, apiId, draft.build());
            return null;
        });
    }
}
