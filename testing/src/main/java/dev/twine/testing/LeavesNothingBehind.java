package dev.twine.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * A test of this class fails if it leaves something behind, whatever else it asserts.
 *
 * {@snippet class=TestingSnippets region=left_behind lang=java}
 *
 * <p>This is {@link NothingLeftBehind}, which says what is looked for, and a lock that keeps all
 * other tests of the JVM from running meanwhile if tests run in parallel.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // whoever uses this requires JUnit himself
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NothingLeftBehind.class)
@ResourceLock(Resources.GLOBAL)
public @interface LeavesNothingBehind {}
