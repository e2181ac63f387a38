package com.example.guarded;

import com.example.guarded.model.*;

/** Sends what the API of guarded.api.yaml asks for. */
public final class Signed {

    public static void send(String address) throws ApiException {
        ApiClient transport = new ApiClient();
        transport.updateBaseUri(address);
        GatewayCredentials keys = new GatewayCredentials().apiKey("key of the plan").header("X-Token", "a token");
        transport.setRequestInterceptor(keys.iam("AKIDEXAMPLE", "secret", "a+b/c==", "eu-west-1"));
        new GuardedClient(transport).signedNamePost("it's (a) name/é*~", new Note().text("ünï"), "b=1&a b+!");
        transport.setRequestInterceptor(keys);
        new GuardedClient(transport).getKeyed();
    }
}
