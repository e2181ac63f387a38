package dev.gatehouse.controlplane.control;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/**
 * A new RSA key pair with a certificate that it signed itself: X.509 version 3 (RFC 5280), written as DER. The JDK reads and
 * checks certificates but has no public way to make one.
 *
 * @param pem the certificate
 * @param privateKey PKCS #8, Base64; a secret
 */
record SelfSignedCertificate(String pem, String privateKey) {

    private static final int KEY_BITS = 2048;
    private static final BigInteger VERSION_3 = BigInteger.TWO;

    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int EXPLICIT_0 = 0xa0;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;

    /** Object identifier 2.5.4.3, with its tag. */
    private static final byte[] COMMON_NAME = {6, 3, 0x55, 4, 3};

    /** Algorithm 1.2.840.113549.1.1.11 with its absent parameters. */
    private static final byte[] SHA256_WITH_RSA =
            sequence(new byte[] {6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 0x0b, 5, 0});

    /** Times of day as RFC 5280 wants them: two digits of the year before 2050, four from then on. */
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter GENERALIZED =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Instant FROM_HERE_GENERALIZED = Instant.parse("2050-01-01T00:00:00Z");

    /**
     * The key comes from the JDK's own source of randomness, which nobody can set: it is a secret of years.
     *
     * @param serial positive
     * @param from to the second
     * @param to to the second
     */
    static SelfSignedCertificate generate(String commonName, BigInteger serial, Instant from, Instant to) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            KeyPair keys = generator.generateKeyPair();
            byte[] name = sequence(der(
                    SET, sequence(COMMON_NAME, der(UTF8_STRING, commonName.getBytes(StandardCharsets.UTF_8)))));
            byte[] content = sequence(
                    der(EXPLICIT_0, der(INTEGER, VERSION_3.toByteArray())),
                    der(INTEGER, serial.toByteArray()),
                    SHA256_WITH_RSA,
                    name,
                    sequence(time(from), time(to)),
                    name,
                    keys.getPublic().getEncoded());
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            byte[] certificate = sequence(content, SHA256_WITH_RSA, der(BIT_STRING, new byte[] {0}, signature.sign()));
            return new SelfSignedCertificate(
                    pem(certificate),
                    Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no RSA, which every Java must have", e);
        }
    }

    private static String pem(byte[] certificate) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----";
    }

    private static byte[] time(Instant time) {
        return time.isBefore(FROM_HERE_GENERALIZED)
                ? der(UTC_TIME, UTC.format(time).getBytes(StandardCharsets.US_ASCII))
                : der(GENERALIZED_TIME, GENERALIZED.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sequence(byte[]... parts) {
        return der(SEQUENCE, parts);
    }

    /** One element: tag, length, content. */
    private static byte[] der(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int leading = digits[0] == 0 ? 1 : 0;
            out.write(0x80 | digits.length - leading);
            out.write(digits, leading, digits.length - leading);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SelfSignedCertificate[" + pem + "]";
    }
}
