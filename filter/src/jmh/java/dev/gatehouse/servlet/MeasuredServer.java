package dev.gatehouse.servlet;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.engine.lambda.LambdaFunction;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;

/**
 * A Jetty in a process of its own that tells, when asked, how much processor time and memory it has used: the other side of {@link
 * ServerCost}. Prints its port, then for each line that it reads one of its own, and ends with its input.
 */
@SuppressWarnings("serial")
final class MeasuredServer {

    static final String ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static final String TEXT = "{\"title\": \"Moby-Dick\", \"author\": \"Herman Melville\", \"copies\": 7}";

    private static final String CONFIGURATION = """
            accountId: "123456789012"
            region: eu-central-1
            apis:
              - {restApiId: books, body: books.yaml, stages: [{stageName: prod, servedAt: /}]}
            endpoints: {allow: [127.0.0.1]}
            apiKeys:
              - {id: reader, value: {property: key}}
            usagePlans:
              - id: much
                apiStages: [{apiId: books, stage: prod}]
                throttle: {rateLimit: 1000000, burstLimit: 1000000}
                quota: {limit: 2000000000, period: MONTH}
                keys: [reader]
            identities:
              - arn: arn:aws:iam::123456789012:user/clerk
                accessKeyId: {property: id}
                secretAccessKey: {property: secret}
                policies:
                  - document:
                      Version: "2012-10-17"
                      Statement: {Effect: Allow, Action: execute-api:Invoke, Resource: "*"}
            """;

    private static final String DOCUMENT = """
            openapi: 3.0.1
            info: {title: Books, version: "1"}
            components:
              securitySchemes:
                key: {type: apiKey, name: x-api-key, in: header}
                signed: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
            paths:
              /plain:
                get: &plain
                  x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: "servlet:///books"}
              /keyed:
                get: {<<: *plain, security: [{key: []}]}
              /signed:
                get: {<<: *plain, security: [{signed: []}]}
              /proxied:
                get:
                  x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: "BACKEND/books"}
              /lambda:
                get:
                  x-amazon-apigateway-integration:
                    type: aws_proxy
                    httpMethod: POST
                    uri: arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:books/invocations
              /mock:
                get:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration:
                    type: mock
                    requestTemplates: {application/json: '{"statusCode": 200}'}
                    responses:
                      default:
                        statusCode: "200"
                        responseTemplates:
                          application/json: |-
                            [#foreach($i in [1..10]){"number": $i, "stage": "$context.stage"}#if($foreach.hasNext), #end#end]
            """;

    private MeasuredServer() {}

    public static void main(String[] args) throws Exception {
        EmbeddedServer server =
                switch (args[0]) {
                    case "servlet" -> new JettyServer("", MeasuredServer::books);
                    case "filters" -> new JettyServer("", MeasuredServer::filtered);
                    case "proxy" -> new JettyServer("", context -> proxied(context, args[1]));
                    case "gatehouse" -> new JettyServer("", gatehouse(args[1])::application);
                    default -> throw new IllegalArgumentException(args[0]);
                };
        System.out.println(server.port());
        tell();
        server.close();
        System.exit(0);
    }

    private static void tell() throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (in.readLine() != null) {
            long allocated = 0;
            for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
                allocated += Math.max(0, bytes);
            }
            System.out.println(system.getProcessCpuTime() + " " + allocated);
        }
    }

    private static void books(ServletContext context) {
        ServletRegistration.Dynamic servlet = context.addServlet("books", new HttpServlet() {
            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
                response.setContentType("application/json");
                response.setContentLength(text.length);
                response.getOutputStream().write(text);
            }
        });
        servlet.addMapping("/books");
        servlet.setAsyncSupported(true);
    }

    private static void filtered(ServletContext context) {
        for (int i = 0; i < 8; i++) {
            context.addFilter("filter" + i, new HttpFilter() {
                        @Override
                        protected void doFilter(
                                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                                throws IOException, ServletException {
                            chain.doFilter(request, response);
                        }
                    })
                    .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        }
        books(context);
    }

    private static void proxied(ServletContext context, String backend) {
        ServletRegistration.Dynamic servlet = context.addServlet("proxy", new AsyncProxyServlet.Transparent());
        servlet.setInitParameter("proxyTo", backend);
        servlet.addMapping("/*");
        servlet.setAsyncSupported(true);
    }

    private static Application gatehouse(String backend) {
        Map<String, String> files =
                Map.of("gatehouse.yaml", CONFIGURATION, "books.yaml", DOCUMENT.replace("BACKEND", backend));
        System.setProperty("key", ServerCost.KEY);
        System.setProperty("id", ACCESS_KEY);
        System.setProperty("secret", SECRET);
        byte[] answer = ("{\"statusCode\": 200, \"body\": \"" + TEXT.replace("\"", "\\\"") + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        LambdaFunction function = (event, context) -> answer;
        return new Application(Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream(files.get(name).getBytes(StandardCharsets.UTF_8)))
                .function("books", () -> function, LambdaFunction.class)
                .build());
    }

    private record Application(Gatehouse gateway) {
        void application(ServletContext context) {
            context.setAttribute("dev.gatehouse.Gatehouse", gateway);
            GatehouseFilter.register(context, "gatehouse", "/*");
            books(context);
        }
    }
}
