package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** The whole way, from Amazon's client to the disk: a process that ends in the middle of changes. */
class ControlPlaneKilledTest {

    private static final int ROUNDS = 20;
    private static final int RESOURCES = 20;

    /** An import writes many entries, and they come together or not at all. */
    private static final SdkBytes DOCUMENT =
            SdkBytes.fromUtf8String("{\"swagger\":\"2.0\",\"info\":{\"title\":\"0\"},\"paths\":{"
                    + IntStream.range(0, RESOURCES)
                            .mapToObj(number -> "\"/r" + number + "\":{}")
                            .collect(Collectors.joining(","))
                    + "}}");

    @TempDir
    Path directory;

    /** What has been acknowledged: the id of an API, and the number of its last update. */
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

    @Test
    void everyAcknowledgedChangeIsThereAfterARestartAndNoneIsHalf() throws Exception {
        Random random = new Random(20261122);
        for (int round = 0; round < ROUNDS; round++) {
            changeAndKill(1 + random.nextInt(40));
        }
        ChildServer last = ChildServer.start(ControlPlaneProcess.class, directory);
        try (ApiGatewayClient client = client(last)) {
            check(client);
        } finally {
            last.kill();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS);
    }

    /** Two clients change as fast as they can; the process ends as soon as that many changes have been acknowledged. */
    private void changeAndKill(int changes) throws Exception {
        ChildServer process = ChildServer.start(ControlPlaneProcess.class, directory);
        CountDownLatch enough = new CountDownLatch(changes);
        AtomicInteger alive = new AtomicInteger(2);
        ExecutorService writers = Executors.newFixedThreadPool(2);
        try (ApiGatewayClient client = client(process)) {
            check(client);
            List<Future<?>> streams = IntStream.range(0, 2)
                    .<Future<?>>mapToObj(number -> writers.submit(() -> change(client, enough, alive)))
                    .toList();
            enough.await();
            process.kill();
            for (Future<?> stream : streams) {
                stream.get();
            }
        } finally {
            writers.shutdownNow();
            process.kill();
        }
    }

    private void change(ApiGatewayClient client, CountDownLatch enough, AtomicInteger alive) {
        try {
            while (true) {
                String id = client.importRestApi(one -> one.body(DOCUMENT)).id();
                acknowledged.put(id, 0);
                enough.countDown();
                for (int update = 1; update <= 5; update++) {
                    String text = String.valueOf(update);
                    client.updateRestApi(one ->
                            one.restApiId(id).patchOperations(replace("/name", text), replace("/description", text)));
                    acknowledged.put(id, update);
                    enough.countDown();
                }
            }
        } catch (SdkClientException connectionLost) {
            // how every stream ends: whatever was under way has not been acknowledged
            if (alive.decrementAndGet() == 0) {
                while (enough.getCount() > 0) {
                    enough.countDown();
                }
            }
        }
    }

    private void check(ApiGatewayClient client) {
        List<RestApi> found = client.getRestApisPaginator(one -> one.limit(500)).items().stream()
                .toList();
        assertThat(found).extracting(RestApi::id).containsAll(acknowledged.keySet());
        for (RestApi api : found) {
            // a change that was on its way may be there, as the next number, and whole
            int known = acknowledged.getOrDefault(api.id(), 0);
            assertThat(Integer.parseInt(api.name())).isBetween(known, known + 1);
            assertThat(api.description()).isEqualTo(api.name().equals("0") ? null : api.name());
            acknowledged.put(api.id(), Integer.parseInt(api.name()));
            assertThat(client.getResources(one -> one.restApiId(api.id()).limit(500))
                            .items())
                    .hasSize(1 + RESOURCES);
        }
    }

    private static PatchOperation replace(String path, String value) {
        return PatchOperation.builder().op(Op.REPLACE).path(path).value(value).build();
    }

    private static ApiGatewayClient client(ChildServer process) throws Exception {
        return RunningControlPlane.client(process.port(), "AKIDEXAMPLE")
                .overrideConfiguration(one -> one.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }
}
