package dev.gatehouse.controlplane.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.controlplane.control.ControlError;
import dev.gatehouse.engine.signature.Verification.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IamErrorTest {

    @ParameterizedTest
    @CsvSource({
        "AccessDeniedException, AccessDenied",
        "MissingAuthenticationTokenException, MissingAuthenticationToken",
        "IncompleteSignatureException, IncompleteSignature",
        "InvalidSignatureException, SignatureDoesNotMatch",
        "UnrecognizedClientException, InvalidClientTokenId",
        "ExpiredTokenException, ExpiredToken"
    })
    void refusalsHaveTheCodesOfIam(String type, String code) {
        IamError error = IamError.of(ControlError.forbidden(type, "because"));

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.status()).isEqualTo(403);
        assertThat(error).hasMessage("because");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyReasonAgainstASignatureHasACodeOfIam(Kind kind) {
        assertThat(IamError.of(ControlError.forbidden(kind.errorType(), "")).code())
                .doesNotEndWith("Exception");
    }
}
