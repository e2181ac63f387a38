package dev.gatehouse.controlplane.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.Deployment;
import dev.gatehouse.definition.DomainName;
import dev.gatehouse.definition.EndpointConfiguration;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.definition.UsagePlan;
import java.lang.reflect.Proxy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PublisherTest {

    private final QuestionedStore store = new QuestionedStore();

    /** The APIs of each call, in order. */
    private final List<Set<String>> published = new ArrayList<>();

    private final List<List<HostedDomain>> hosted = new ArrayList<>();

    /** Plans and keys, as they were told. */
    private final List<String> admitted = new ArrayList<>();

    private final Publisher publisher = new Publisher(store, "eu-west-1", new DataPlane() {
        @Override
        public void admitKey(String keyId, ApiKey key, List<String> planIds) {
            admitted.add(keyId + (key == null ? " is gone" : " in " + planIds));
        }

        @Override
        public void admitPlan(String planId, UsagePlan plan) {
            admitted.add(planId + (plan == null ? " is gone" : ""));
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

    @Test
    void keysAndPlansAreToldAtTheStartAndFollowedFromThenOn() {
        plan("free");
        key("one", "free");
        key("other");
        publisher.publishAccess();
        assertThat(admitted).containsExactly("free", "one in [free]", "other in []");

        admitted.clear();
        publisher.publishAccess();
        assertThat(admitted).isEmpty();

        store.write(writing -> {
            UsagePlans.forgetKey(writing, "one");
            return ApiKeys.remove(writing, "one");
        });
        key("other", "free");
        plan("paid");
        publisher.publishAccess();
        assertThat(admitted).containsExactlyInAnyOrder("one is gone", "other in [free]", "paid");

        admitted.clear();
        store.write(writing -> {
            UsagePlans.remove(writing, "free");
            return null;
        });
        publisher.publishAccess();
        assertThat(admitted).containsExactlyInAnyOrder("free is gone", "other in []");
    }

    /** A million of them may not be asked for one by one. */
    @Test
    void manyKeysTakeFewQuestions() {
        plan("free");
        for (int i = 0; i < 2500; i++) {
            key("key" + i, "free");
        }
        for (int time = 0; time < 2; time++) {
            admitted.clear();
            store.questions = 0;
            publisher.publishAccess();
            assertThat(admitted).contains("key0 in [free]", "key2499 in [free]").hasSize(2501);
            assertThat(store.questions).isLessThan(20);
            plan("free");
            for (int i = 0; i < 2500; i++) {
                key("key" + i);
            }
        }
    }

    private void plan(String id) {
        UsagePlan.Draft draft = UsagePlan.draft();
        draft.id = id;
        draft.name = id;
        store.write(writing -> {
            UsagePlans.put(writing, draft.build());
            return null;
        });
    }

    private void key(String id, String... planIds) {
        ApiKey.Draft draft = ApiKey.draft();
        draft.id = id;
        draft.value = "the-value-of-the-key-" + id;
        store.write(writing -> {
            ApiKeys.put(writing, draft.build());
            for (String planId : planIds) {
                UsagePlans.addKey(writing, UsagePlans.get(writing, planId), id);
            }
            return null;
        });
    }

    /** Counts what it is asked while somebody reads. */
    private static final class QuestionedStore implements DefinitionStore {

        private final DefinitionStore store = new InMemoryStore();
        private int questions;

        @Override
        public <T> T read(Function<? super Reading, T> work) {
            return store.read(reading -> work.apply(counted(reading)));
        }

        private Reading counted(Reading reading) {
            return (Reading) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Reading.class}, (proxy, method, arguments) -> {
                        questions++;
                        return method.invoke(reading, arguments);
                    });
        }

        @Override
        public <T> T write(Function<? super Writing, T> work) {
            return store.write(work);
        }

        @Override
        public long revision() {
            return store.revision();
        }
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
