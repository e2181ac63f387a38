package dev.gatehouse.controlplane.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.controlplane.control.ControlError;
import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.control.Home;
import dev.gatehouse.controlplane.control.Signatories;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.EncryptedStore;
import dev.gatehouse.controlplane.store.EncryptionKey;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.signature.SigningScope;
import dev.gatehouse.engine.signature.Verification.Verified;
import dev.gatehouse.http.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What no case can say in few lines. */
class UsersTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
    private static final Home HOME = new Home("123456789012", "cn-north-1", CLOCK, () -> -1);

    private final CountingStore raw = new CountingStore();
    private final EncryptedStore store =
            EncryptedStore.over(raw, EncryptionKey.parse(Base64.getEncoder().encodeToString(new byte[32])));
    private final Realm realm = new Realm(
            HOME,
            new StoredIdentities(store, HOME),
            new Signatories(IdentitySource.NOBODY, HOME.accountId(), CLOCK, address -> true, "iam"),
            name -> false);

    @Test
    void anAccountHasFiveThousandUsers() {
        store.write(writing -> {
            for (int i = 0; i < 4999; i++) {
                Users.put(writing, user("user" + i));
            }
            return null;
        });

        run("CreateUser", "arn:aws-cn:iam::123456789012:root", "UserName=last");
        assertThatThrownBy(() -> run("CreateUser", "arn:aws-cn:iam::123456789012:root", "UserName=one-more"))
                .isInstanceOf(IamError.class)
                .hasMessage("Cannot exceed quota for UsersPerAccount: 5000");
    }

    @Test
    void arnsAreOfThePartitionOfTheGateway() {
        assertThat(run("CreateUser", "arn:aws-cn:iam::123456789012:root", "UserName=ada&Path=/x/")
                        .text())
                .contains("<Arn>arn:aws-cn:iam::123456789012:user/x/ada</Arn>");
    }

    /** All who write wait for each other, so somebody without rights must not be among them. */
    @Test
    void whoMayNotDoItNeverBeginsToWrite() {
        run("CreateUser", "arn:aws-cn:iam::123456789012:root", "UserName=ada");
        raw.writes = 0;

        assertThatThrownBy(() -> run("CreateAccessKey", "arn:aws-cn:iam::123456789012:user/eve", "UserName=ada"))
                .isInstanceOf(ControlError.class);
        assertThatThrownBy(() -> run("CreateUser", "arn:aws-cn:iam::123456789012:user/eve", "UserName=eve2"))
                .isInstanceOf(ControlError.class);
        assertThatThrownBy(() -> run("CreateUser", "arn:aws-cn:iam::123456789012:root", "UserName=ADA"))
                .isInstanceOf(IamError.class);
        assertThat(raw.writes).isZero();
    }

    private Xml run(String action, String caller, String form) {
        Identity identity = Identity.of("AKIA", PrincipalArn.of(caller), List.of());
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        IamCall call = new IamCall(
                realm,
                action,
                Parameters.parse(body),
                new ControlRequest("POST", "/", "/", null, Headers.EMPTY, body, "127.0.0.1", false),
                new Verified<>("AKIA", identity, new SigningScope("20260101T120000Z", "cn-north-1", "iam")));
        return Action.ALL.get(action).work().apply(call);
    }

    private static User user(String name) {
        return new User(name, "/", "AIDA" + name, 0, Map.of(), Map.of(), List.of());
    }

    private static final class CountingStore implements DefinitionStore {

        private final InMemoryStore store = new InMemoryStore();
        private int writes;

        @Override
        public <T> T read(Function<? super Reading, T> work) {
            return store.read(work);
        }

        @Override
        public <T> T write(Function<? super Writing, T> work) {
            writes++;
            return store.write(work);
        }

        @Override
        public long revision() {
            return store.revision();
        }
    }
}
