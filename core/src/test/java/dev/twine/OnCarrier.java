package dev.twine;

import java.lang.reflect.Method;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** With carriers of their own, each test runs on a thread as the loop of a reactor has one. */
public final class OnCarrier implements InvocationInterceptor {

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    if (Engine.current() != Engine.OWN_CARRIER) {
      invocation.proceed();
      return;
    }
    FutureTask<Throwable> test = new FutureTask<>(() -> thrownBy(invocation));
    VirtualThreads.carrierFactory("test").newThread(test).start();
    Throwable thrown = test.get();
    if (thrown != null) {
      throw thrown;
    }
  }

  private static Throwable thrownBy(Invocation<Void> invocation) {
    try {
      invocation.proceed();
      return null;
    } catch (Throwable thrown) {
      return thrown;
    }
  }
}
