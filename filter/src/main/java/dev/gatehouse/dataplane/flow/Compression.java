package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Answer;
import dev.gatehouse.dataplane.flow.Phase.Ready;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.GatewayResponse.Body.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * {@code minimumCompressionSize}: answers of that size are compressed for clients that ask for gzip or deflate before all else,
 * unless the integration has encoded them already (API Gateway developer guide, "payload compression").
 */
final class Compression {

    private Compression() {}

    static GatewayResponse apply(Ready ready) {
        GatewayResponse response = ready.response();
        Integer least = ready.stage().minimumCompressionSize();
        if (least == null
                || !(response.body() instanceof Bytes body)
                || body.bytes().length == 0
                || body.bytes().length < least
                || encoded(ready)) {
            return response;
        }
        String coding = preferred(ready.arrived().headers().all("Accept-Encoding"));
        return coding == null
                ? response
                : GatewayResponse.of(
                        response.status(),
                        response.headers().with("Content-Encoding", coding),
                        compressed(coding, body.bytes()));
    }

    private static boolean encoded(Ready ready) {
        return ready.response().headers().contains("Content-Encoding")
                || ready.answered().answer() instanceof Answer.Reply reply
                        && reply.reply().headers().contains("Content-Encoding");
    }

    /** @return gzip or deflate, where one of them has the highest weight; of several the first. Null for anything else */
    private static String preferred(Iterable<String> lines) {
        String best = null;
        double weight = 0;
        for (String item : String.join(",", lines).split(",")) {
            String coding = item.strip().toLowerCase(Locale.ROOT);
            int semicolon = coding.indexOf(';');
            double q = semicolon < 0 ? 1 : weight(coding.substring(semicolon + 1));
            String name =
                    semicolon < 0 ? coding : coding.substring(0, semicolon).strip();
            boolean ours = name.equals("gzip") || name.equals("deflate");
            if (!name.isEmpty() && (q > weight || q == weight && best == null && ours && q > 0)) {
                weight = q;
                best = ours ? name : null;
            }
        }
        return best;
    }

    /** @return 0 for what is no weight */
    private static double weight(String parameter) {
        String text = parameter.strip();
        boolean weight = text.matches("q\\s*=\\s*(?:0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)");
        return weight ? Double.parseDouble(text.substring(text.indexOf('=') + 1).strip()) : 0;
    }

    private static byte[] compressed(String coding, byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2 + 32);
        try (OutputStream out = coding.equals("gzip") ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
