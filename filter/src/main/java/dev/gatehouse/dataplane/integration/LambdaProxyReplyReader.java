package dev.gatehouse.dataplane.integration;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatehouse.engine.lambda.LambdaJson;
import dev.gatehouse.http.HeaderLine;
import dev.gatehouse.http.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads one answer of a function, member by member, and stops at the first that breaks the format. */
final class LambdaProxyReplyReader {

    private static final String SET_COOKIE = "Set-Cookie";

    private final JsonParser json;
    private final boolean streams;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, List<String>> multiValueHeaders = new LinkedHashMap<>();
    private int status = 200;
    private String body = "";
    private boolean base64;
    private List<String> cookies = List.of();

    private LambdaProxyReplyReader(JsonParser json, boolean streams) {
        this.json = json;
        this.streams = streams;
    }

    static LambdaProxyReply read(byte[] payload, boolean decodeBinary) {
        return read(payload, decodeBinary, false);
    }

    /** What comes before a body that streams: there are cookies, and no body. */
    static LambdaProxyReply readMetadata(byte[] metadata) {
        return read(metadata, false, true);
    }

    private static LambdaProxyReply read(byte[] payload, boolean decodeBinary, boolean streams) {
        try (JsonParser json = LambdaJson.FACTORY.createParser(text(payload))) {
            LambdaProxyReplyReader reader = new LambdaProxyReplyReader(json, streams);
            reader.readDocument();
            return reader.answer(decodeBinary);
        } catch (MalformedException e) {
            return new LambdaProxyReply.Malformed(e.getMessage());
        } catch (IOException e) {
            return new LambdaProxyReply.Malformed("answer is not JSON");
        }
    }

    /** Left to itself, a parser that keeps no names would put something in the place of what is no UTF-8. */
    private static char[] text(byte[] payload) throws CharacterCodingException {
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
        return Arrays.copyOf(text.array(), text.length());
    }

    private void readDocument() throws IOException {
        require(json.nextToken() == JsonToken.START_OBJECT, "answer is not a JSON object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "statusCode" -> readStatus(value);
                case "headers" -> readHeaders(value);
                case "multiValueHeaders" -> readMultiValueHeaders(value);
                default -> {
                    if (streams) {
                        readOfStream(name, value);
                    } else {
                        readOfWhole(name, value);
                    }
                }
            }
        }
        require(json.nextToken() == null, "something follows the answer");
    }

    private void readOfWhole(String name, JsonToken value) throws IOException {
        switch (name) {
            case "body" -> readBody(value);
            case "isBase64Encoded" -> readBase64(value);
            default -> throw unknown(name);
        }
    }

    private void readOfStream(String name, JsonToken value) throws IOException {
        if (!name.equals("cookies")) {
            throw unknown(name);
        }
        readCookies(value);
    }

    private static MalformedException unknown(String name) {
        return new MalformedException("unknown member " + printable(name));
    }

    private void readStatus(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            status = 200;
            return;
        }
        require(
                value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_STRING,
                "statusCode is neither a number nor a string");
        String text = json.getText();
        require(text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9'), "statusCode is no status");
        status = Integer.parseInt(text);
        require(status >= 200 && status <= 599, "statusCode is not 200 to 599");
    }

    private void readHeaders(JsonToken value) throws IOException {
        headers.clear();
        if (startsObject(value, "headers")) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = headerName();
                json.nextToken();
                headers.put(name, headerValue(name));
            }
        }
    }

    private void readMultiValueHeaders(JsonToken value) throws IOException {
        multiValueHeaders.clear();
        if (startsObject(value, "multiValueHeaders")) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = headerName();
                if (json.nextToken() != JsonToken.START_ARRAY) {
                    throw new MalformedException("multiValueHeaders member " + name + " is no list");
                }
                multiValueHeaders.put(name, headerValues(name));
            }
        }
    }

    private void readCookies(JsonToken value) throws IOException {
        require(value == JsonToken.START_ARRAY || value == JsonToken.VALUE_NULL, "cookies is no list");
        cookies = value == JsonToken.VALUE_NULL ? List.of() : headerValues(SET_COOKIE);
    }

    private List<String> headerValues(String name) throws IOException {
        List<String> values = new ArrayList<>(2);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(headerValue(name));
        }
        return values;
    }

    private static boolean startsObject(JsonToken value, String member) {
        require(value == JsonToken.START_OBJECT || value == JsonToken.VALUE_NULL, member + " is no object");
        return value == JsonToken.START_OBJECT;
    }

    private String headerName() throws IOException {
        String name = json.currentName();
        if (!HeaderLine.isToken(name)) {
            throw new MalformedException("header name is no HTTP token: " + printable(name));
        }
        return name;
    }

    /** Numbers and booleans in the spelling of the answer. */
    private String headerValue(String name) throws IOException {
        JsonToken token = json.currentToken();
        if (!token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw new MalformedException("value of header " + name + " is no text");
        }
        String value = json.getText();
        if (!HeaderLine.isValue(value)) {
            throw new MalformedException("control character in header " + name);
        }
        return value;
    }

    private void readBody(JsonToken value) throws IOException {
        require(value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL, "body is no string");
        body = value == JsonToken.VALUE_NULL ? "" : json.getText();
    }

    private void readBase64(JsonToken value) {
        require(value.isBoolean() || value == JsonToken.VALUE_NULL, "isBase64Encoded is no boolean");
        base64 = value == JsonToken.VALUE_TRUE;
    }

    private LambdaProxyReply answer(boolean decodeBinary) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (base64 && decodeBinary) {
            try {
                bytes = Base64.getDecoder().decode(bytes);
            } catch (IllegalArgumentException e) {
                throw new MalformedException("body is no Base64");
            }
        }
        return new LambdaProxyReply.Answer(status, mergedHeaders(), bytes);
    }

    /** Several values first, in their spelling of the name; the single value of the same name comes after them. */
    private Headers mergedHeaders() {
        Headers.Builder merged = Headers.builder();
        Map<String, String> spellings = new LinkedHashMap<>();
        multiValueHeaders.forEach((name, values) -> {
            spellings.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            values.forEach(value -> merged.add(name, value));
        });
        headers.forEach(
                (name, value) -> merged.add(spellings.getOrDefault(name.toLowerCase(Locale.ROOT), name), value));
        cookies.forEach(cookie -> merged.add(SET_COOKIE, cookie));
        return merged.build();
    }

    /** A name chosen by the function ends in a log: no more than a line, and not a long one. */
    private static String printable(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > 64 ? clean.substring(0, 64) + "..." : clean;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new MalformedException(otherwise);
        }
    }

    private static final class MalformedException extends RuntimeException {
        private MalformedException(String reason) {
            super(reason, null, false, false);
        }
    }
}
