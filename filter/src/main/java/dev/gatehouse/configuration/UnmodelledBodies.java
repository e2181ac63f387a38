package dev.gatehouse.configuration;

/** What happens, where a method validates bodies, to one whose content type has no model. */
public enum UnmodelledBodies {
    /** It is not checked, as with API Gateway. The default. */
    PASS,
    /** It is answered with 415. */
    REFUSE
}
