import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** ElasticMQ on the loopback interface; ends with its standard input. */
class Start {
    public static void main(String[] arguments) throws Exception {
        var server = SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start();
        System.out.println("port " + server.waitUntilStarted().localAddress().getPort());
        while (System.in.read() >= 0) {
            // nobody says anything; the end is the message
        }
        System.exit(0);
    }
}
