/**
 * Behaviour cases: one file each under {@code behaviour/} of the test resources, with the request, the definition, the backend's
 * answer and what must come of it. Adding one needs no Java; see {@code docs/internals/testing.md}.
 */
package dev.gatehouse.cases;
