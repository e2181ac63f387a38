package dev.gatehouse.controlplane.iam;

import dev.gatehouse.controlplane.control.ControlError;
import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.control.ControlResponse;
import dev.gatehouse.controlplane.control.Home;
import dev.gatehouse.controlplane.control.Service;
import dev.gatehouse.controlplane.control.Signatories;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.signature.Verification.Verified;
import dev.gatehouse.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of IAM that this is: answers calls of its API, version 2010-05-08, which are forms in a POST, with XML. Thread-safe. A call may block
 * as long as the store does.
 *
 * <p>Permissions are {@code iam:<action>} on the ARN of the user (Service authorization reference, "Actions, resources, and condition keys for
 * AWS Identity and Access Management"), so a permission for {@code apigateway:*} is none for any of them.
 */
public final class Iam implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(Iam.class);
    private static final String VERSION = "2010-05-08";
    private static final String NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";

    private final Realm realm;

    /**
     * @param signatories who may call
     * @param kept null where there is no encrypted store: then every action is refused
     * @param declares whether the configuration has a user of that name, in small letters: such a user cannot be created or changed here
     */
    public Iam(Signatories signatories, StoredIdentities kept, Home home, Predicate<String> declares) {
        this.realm = new Realm(home, kept, signatories, declares);
    }

    @Override
    public String name() {
        return "iam";
    }

    @Override
    public ControlResponse answer(ControlRequest request, String requestId) {
        try {
            return answered(request, requestId);
        } catch (ControlError refusal) {
            return render(IamError.of(refusal), requestId);
        } catch (IamError error) {
            return render(error, requestId);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("IAM request {} failed", requestId, e);
            return render(IamError.failure(), requestId);
        }
    }

    private ControlResponse answered(ControlRequest request, String requestId) {
        Verified<Identity> caller = realm.signatories().prove(request);
        // what is in a URL is in logs
        if (!request.method().equals("POST") || !request.path().equals("/") || request.query() != null) {
            throw IamError.malformed("Calls of IAM are POST / with a form, and nothing in the query");
        }
        Parameters parameters = Parameters.parse(request.body());
        Action action = action(parameters.plain("Action"), parameters.plain("Version"));
        IamCall call = new IamCall(realm, action.name(), parameters, request, caller);
        Xml result = action.work().apply(call);
        if (action.onlyReads()) {
            LOG.debug("{} by {}: {}", action.name(), call.caller(), call.subject());
        } else {
            LOG.info("{} by {}: {}", action.name(), call.caller(), call.subject());
        }
        Xml metadata = Xml.of("ResponseMetadata", Xml.of("RequestId", requestId));
        return xml(
                200,
                action.name() + "Response",
                result == null
                        ? metadata
                        : Xml.of(action.name() + "Result", result).and(metadata),
                requestId);
    }

    private static Action action(String name, String version) {
        if (name == null) {
            throw IamError.noAction("The parameter Action is missing");
        }
        Action action = VERSION.equals(version) ? Action.ALL.get(name) : null;
        if (action == null) {
            throw IamError.noAction("Could not find operation " + Parameters.shown(name) + " for version "
                    + (version == null ? "NO_VERSION_SPECIFIED" : Parameters.shown(version)));
        }
        return action;
    }

    private static ControlResponse render(IamError error, String requestId) {
        Xml described = Xml.of(
                "Error",
                Xml.of("Type", error.status() < 500 ? "Sender" : "Receiver"),
                Xml.of("Code", error.code()),
                Xml.of("Message", error.getMessage()));
        return xml(error.status(), "ErrorResponse", described.and(Xml.of("RequestId", requestId)), requestId);
    }

    private static ControlResponse xml(int status, String root, Xml content, String requestId) {
        String document = "<" + root + " xmlns=\"" + NAMESPACE + "\">" + content.text() + "</" + root + ">";
        return new ControlResponse(
                status,
                Headers.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId),
                document.getBytes(StandardCharsets.UTF_8));
    }
}
