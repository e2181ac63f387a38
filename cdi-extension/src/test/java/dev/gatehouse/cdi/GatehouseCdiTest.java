package dev.gatehouse.cdi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jboss.weld.junit5.auto.AddBeanClasses;
import org.jboss.weld.junit5.auto.AddExtensions;
import org.jboss.weld.junit5.auto.EnableAutoWeld;

/** Boots Weld with the extension for each test of the class. */
@EnableAutoWeld
@AddExtensions(GatehouseExtension.class)
@AddBeanClasses({CurrentCall.class, Functions.class, RunningGateway.class})
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface GatehouseCdiTest {}
