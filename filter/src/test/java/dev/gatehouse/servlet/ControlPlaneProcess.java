package dev.gatehouse.servlet;

import dev.gatehouse.controlplane.store.JdbcStore;
import java.nio.file.Path;

/** A gateway whose definitions lie in a folder, in a process of its own: says its port, and runs until somebody ends it. */
final class ControlPlaneProcess {

    private ControlPlaneProcess() {}

    public static void main(String[] arguments) throws Exception {
        try (JdbcStore store = JdbcStore.in(Path.of(arguments[0]));
                RunningControlPlane running = new RunningControlPlane(store)) {
            System.out.println(running.port());
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
