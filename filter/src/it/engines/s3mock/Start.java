import com.adobe.testing.s3mock.S3MockApplication;
import java.util.Map;
import org.apache.catalina.connector.Connector;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** S3Mock, on the loopback interface only, which its second port cannot be told by a property; ends with its standard input. */
class Start {
    public static void main(String[] arguments) throws Exception {
        var context = new SpringApplicationBuilder(S3MockApplication.class)
                .initializers(starting -> starting.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
                    @Override
                    public Object postProcessAfterInitialization(Object bean, String name) {
                        if (bean instanceof Connector connector) {
                            connector.setProperty("address", "127.0.0.1");
                        }
                        return bean;
                    }
                }))
                .properties(Map.of(
                        "server.address", "127.0.0.1",
                        "server.port", "0",
                        "server.ssl.enabled", "false",
                        "http.port", "0",
                        "spring.main.banner-mode", "off",
                        "logging.level.root", "WARN"))
                .run();
        System.out.println("port " + context.getBean(S3MockApplication.class).getHttpPort());
        while (System.in.read() >= 0) {
            // nobody says anything; the end is the message
        }
        context.close();
        System.exit(0);
    }
}
