package dev.gatehouse.sample;

import dev.gatehouse.servlet.ControlPlaneServlet;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Where Amazon's tools find the control plane. An application that always has one maps the servlet in its web.xml. */
@WebListener
public class ControlPlaneMapping implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ControlPlaneKey.ofEnvironment()
                .ifPresent(key -> event.getServletContext()
                        .addServlet("control-plane", ControlPlaneServlet.class)
                        .addMapping("/_gatehouse/control/*"));
    }
}
