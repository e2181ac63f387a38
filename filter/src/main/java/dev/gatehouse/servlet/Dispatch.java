package dev.gatehouse.servlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What the container handed to the filter in one dispatch; of use only while that dispatch lasts, on its thread. */
record Dispatch(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {

    /** Whether the request is one that the application was given: its cycle has come back, not the gateway's. */
    boolean isOfApplication() {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper && !(inner instanceof ApplicationRequest)) {
            inner = wrapper.getRequest();
        }
        return inner instanceof ApplicationRequest;
    }
}
