package dev.gatehouse.dataplane.integration;

import dev.gatehouse.dataplane.integration.LambdaProxyHead.Head;
import dev.gatehouse.dataplane.integration.LambdaProxyHead.Malformed;
import dev.gatehouse.http.BodyStream;
import dev.gatehouse.http.StreamedReply;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Looks for the delimiter, byte by byte, and no further than it may be. JSON has no NUL: the first one is the delimiter's. */
final class LambdaProxyHeadReader {

    /** Metadata and delimiter must be within these (API Gateway developer guide). */
    static final int LONGEST = 16 * 1024;

    private static final int DELIMITER = 8;

    private final BodyStream stream;
    private final ByteArrayOutputStream metadata = new ByteArrayOutputStream(256);
    private int nuls;

    LambdaProxyHeadReader(BodyStream stream) {
        this.stream = stream;
    }

    /**
     * @param bytes the next of the stream; null at its end
     * @return null where there must be more
     */
    LambdaProxyHead took(byte[] bytes) {
        if (bytes == null) {
            return malformed("the answer ends without delimiter");
        }
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                nuls++;
            } else if (nuls > 0) {
                return malformed("the delimiter has " + nuls + " bytes instead of " + DELIMITER);
            } else {
                metadata.write(bytes[i]);
            }
            if (nuls == DELIMITER) {
                return head(Arrays.copyOfRange(bytes, i + 1, bytes.length));
            }
            if (metadata.size() + nuls == LONGEST) {
                return malformed("there is no delimiter within " + LONGEST + " bytes");
            }
        }
        return null;
    }

    private LambdaProxyHead head(byte[] begin) {
        return LambdaProxyReplyReader.readMetadata(metadata.toByteArray())
                .fold(
                        answer -> new Head(
                                new StreamedReply(answer.status(), answer.headers(), BodyStream.after(begin, stream))),
                        wrong -> malformed(wrong.reason()));
    }

    private LambdaProxyHead malformed(String reason) {
        stream.cancel();
        return new Malformed(reason);
    }
}
