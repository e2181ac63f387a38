package dev.gatehouse.dataplane.integration;

import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendException.Reason;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.HeaderLine;
import dev.gatehouse.http.HttpSender;
import dev.gatehouse.http.StreamedReply;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.ProtocolHandlers;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * HTTP/1.1 over Jetty's client, reduced to a transport: what goes in goes out (names of standard headers in their standard
 * spelling), what comes back is handed over. No redirects, cookies, authentication, decompression or default headers. Interim answers (100, 102, 103) are skipped.
 *
 * <p>Thread-safe. The stages complete on the client's own few daemon threads: what follows a call must not block there.
 *
 * <p>Failures, all of them {@link BackendException}: an address that is not http or https, has user information, an unknown
 * host, a port out of range or an inadmissible address, and a header that would break the framing, are {@code
 * INVALID_ENDPOINT}; an answer over the limit is {@code TOO_LARGE} and costs the connection; a connection that is refused,
 * reset, untrusted or breaks the protocol, and a full queue, are {@code NETWORK}.
 */
public final class JettyHttpSender implements HttpSender, AutoCloseable {

    private static final int MAX_HEADER_BYTES = 65536;

    private final HttpClient client;
    private final Settings settings;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean leaving;

    private JettyHttpSender(HttpClient client, Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * @param maxConnectionsPerDestination calls that are in flight to one host and port at the same time; more must wait
     * @param maxQueuedPerDestination calls that may wait for a connection to one host and port, those that are just being
     *     connected included; more fail at once
     * @param maxResponseBytes the most bytes a body may have
     * @param threads the most threads of the client; two are busy with connections
     * @param admissible whether an address may be called under a host name. Asked with the very address and port that is connected to afterwards, so a
     *     name cannot change its meaning in between
     * @param address where every connection goes, whatever the uri of a call says, and without asking whether it may; null
     *     for wherever the uri leads to. Its name is resolved for each connection
     * @param connectTimeout until a connection must be there
     */
    public record Settings(
            int maxConnectionsPerDestination,
            int maxQueuedPerDestination,
            int maxResponseBytes,
            int threads,
            BiPredicate<String, InetSocketAddress> admissible,
            InetSocketAddress address,
            Duration connectTimeout) {

        /** Wherever the uri leads to, within 30 s. */
        public Settings(
                int maxConnectionsPerDestination,
                int maxQueuedPerDestination,
                int maxResponseBytes,
                int threads,
                BiPredicate<String, InetSocketAddress> admissible) {
            this(
                    maxConnectionsPerDestination,
                    maxQueuedPerDestination,
                    maxResponseBytes,
                    threads,
                    admissible,
                    null,
                    Duration.ofSeconds(30));
        }

        /** 2,048 calls in flight and 4,096 waiting per destination, 10 MiB per answer, 16 threads, every address. */
        public static Settings defaults() {
            return new Settings(2048, 4096, 10 * 1024 * 1024, 16, (host, address) -> true);
        }

        public Settings withAdmissible(BiPredicate<String, InetSocketAddress> replaced) {
            return new Settings(
                    maxConnectionsPerDestination,
                    maxQueuedPerDestination,
                    maxResponseBytes,
                    threads,
                    replaced,
                    address,
                    connectTimeout);
        }

        /** @param always where every connection goes; null for wherever the uri leads to */
        public Settings withAddress(InetSocketAddress always, Duration timeout) {
            return new Settings(
                    maxConnectionsPerDestination,
                    maxQueuedPerDestination,
                    maxResponseBytes,
                    threads,
                    admissible,
                    always,
                    timeout);
        }
    }

    /** Starts a client that trusts what the Java platform trusts. {@link #close} it. */
    public static JettyHttpSender start(Settings settings) {
        return start(settings, new SslContextFactory.Client());
    }

    /** Starts a client with a TLS profile of its own. {@link #close} it. */
    public static JettyHttpSender start(Settings settings, BackendTls tls) {
        return start(settings, tls.factory());
    }

    /** @param tls whom to trust; one client per such profile */
    static JettyHttpSender start(Settings settings, SslContextFactory.Client tls) {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setSslContextFactory(tls);
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        QueuedThreadPool threads = new QueuedThreadPool(settings.threads(), Math.min(2, settings.threads()));
        threads.setName("gatehouse-http");
        threads.setDaemon(true);
        client.setExecutor(threads);
        client.setScheduler(new ScheduledExecutorScheduler("gatehouse-http-timeouts", true));
        client.setSocketAddressResolver(new AdmissibleAddresses(client, settings.admissible(), settings.address()));
        client.setMaxConnectionsPerDestination(settings.maxConnectionsPerDestination());
        client.setMaxRequestsQueuedPerDestination(settings.maxQueuedPerDestination());
        client.setMaxRequestHeadersSize(MAX_HEADER_BYTES);
        client.setMaxResponseHeadersSize(MAX_HEADER_BYTES);
        client.setConnectTimeout(settings.connectTimeout().toMillis());
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("HTTP client does not start", e);
        }
        // Starting has put in what a browser would want; a gateway passes on what it gets.
        client.getContentDecoderFactories().clear();
        ProtocolHandlers handlers = client.getProtocolHandlers();
        handlers.clear();
        handlers.put(new ContinueProtocolHandler());
        handlers.put(new ProcessingProtocolHandler());
        handlers.put(new EarlyHintsProtocolHandler());
        return new JettyHttpSender(client, settings);
    }

    @Override
    public CompletionStage<BackendReply> send(BackendRequest request) {
        try {
            OutgoingRules.check(request);
        } catch (BackendException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<BackendReply> reply = new CompletableFuture<>();
        underWay.incrementAndGet();
        reply.whenComplete((answer, failure) -> over());
        try {
            compose(request).send(new ReplyCollector(reply, settings.maxResponseBytes()));
        } catch (RuntimeException e) {
            reply.completeExceptionally(new BackendException(Reason.NETWORK, e.toString()));
        }
        return reply;
    }

    @Override
    public CompletionStage<StreamedReply> stream(BackendRequest request, Duration idle) {
        try {
            OutgoingRules.check(request);
        } catch (BackendException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<StreamedReply> reply = new CompletableFuture<>();
        underWay.incrementAndGet();
        try {
            Request outgoing = compose(request);
            ReplyStream stream = new ReplyStream(
                    reply,
                    this::over,
                    tooLong -> client.getScheduler().schedule(tooLong, idle.toMillis(), TimeUnit.MILLISECONDS),
                    outgoing::abort);
            outgoing.send(stream);
        } catch (RuntimeException e) {
            over();
            reply.completeExceptionally(new BackendException(Reason.NETWORK, e.toString()));
        }
        return reply;
    }

    private Request compose(BackendRequest request) {
        Request outgoing = client.newRequest(URI.create(request.uri().toASCIIString()))
                .method(request.method())
                .timeout(Math.max(1, request.timeout().toMillis()), TimeUnit.MILLISECONDS)
                // A backend may think as long as the timeout says; until then silence is no failure.
                .idleTimeout(0, TimeUnit.MILLISECONDS)
                .headers(fields ->
                        request.headers().forEach((name, value) -> fields.add(name, HeaderLine.onTheWire(value))));
        if (request.body().length > 0) {
            outgoing.body(new BytesRequestContent((String) null, request.body()));
        }
        return outgoing;
    }

    private void over() {
        if (underWay.decrementAndGet() == 0 && leaving) {
            leave();
        }
    }

    /** Ends the threads when the calls under way are over; there must not come any more. */
    public void closeWhenIdle() {
        leaving = true;
        if (underWay.get() == 0) {
            leave();
        }
    }

    /** On a thread of its own: the client's cannot wait for their own end. */
    private void leave() {
        Thread last = new Thread(this::close, "gatehouse-http-end");
        last.setDaemon(true);
        last.start();
    }

    /** Fails the calls still in flight, then ends the threads. */
    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("HTTP client does not stop", e);
        }
    }
}
