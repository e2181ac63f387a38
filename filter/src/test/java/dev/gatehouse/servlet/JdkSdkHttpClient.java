package dev.gatehouse.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Carries the calls of Amazon's SDK over the JDK's own client, which knows PATCH. */
final class JdkSdkHttpClient implements SdkHttpClient {

    private static final Set<String> OF_THE_CLIENT = Set.of("host", "content-length", "expect", "connection");

    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return send(request);
            }

            @Override
            public void abort() {
                // calls of a test are short
            }
        };
    }

    private HttpExecuteResponse send(HttpExecuteRequest request) throws IOException {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(request.httpRequest().getUri());
        request.httpRequest().forEachHeader((name, values) -> {
            if (!OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        byte[] body =
                request.contentStreamProvider().map(JdkSdkHttpClient::read).orElse(new byte[0]);
        builder.method(request.httpRequest().method().name(), BodyPublishers.ofByteArray(body));
        HttpResponse<InputStream> answer;
        try {
            answer = client.send(builder.build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(answer.statusCode())
                        .headers(answer.headers().map())
                        .build())
                .responseBody(AbortableInputStream.create(answer.body()))
                .build();
    }

    private static byte[] read(ContentStreamProvider provider) {
        try (InputStream in = provider.newStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        // nothing is kept
    }
}
