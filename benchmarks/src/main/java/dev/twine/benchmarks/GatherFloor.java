package dev.twine.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A floor that is fired with the list of what its members were fired with, and one callback. */
final class GatherFloor extends Floor {

  private static final VarHandle MISSING;

  static {
    try {
      MISSING = MethodHandles.lookup().findVarHandle(GatherFloor.class, "missing", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final UnaryOperator<List<?>> callback;
  private final Object[] results;

  @SuppressWarnings("UnusedVariable") // through the VarHandle
  private int missing;

  GatherFloor(Member[] members, UnaryOperator<List<?>> callback) {
    super(null);
    this.callback = callback;
    results = new Object[members.length];
    missing = members.length;
    for (int i = 0; i < members.length; i++) {
      members[i].deliverTo(new Slot(this, i));
    }
  }

  private void deliver(int index, Object value) {
    results[index] = value;
    if ((int) MISSING.getAndAdd(this, -1) == 1) {
      cas(null, callback.apply(Arrays.asList(results)));
    }
  }

  /** Where the result of a member goes. */
  private record Slot(GatherFloor list, int index) {}

  /** One of those that are gathered; its word is the slot until it is fired. */
  static final class Member extends Floor {

    Member() {
      super(null);
    }

    private void deliverTo(Slot slot) {
      if (!cas(null, slot)) {
        slot.list.deliver(slot.index, Objects.requireNonNull(state()));
      }
    }

    void fire(Integer value) {
      for (; ; ) {
        Object s = state();
        if (cas(s, value)) {
          if (s instanceof Slot slot) {
            slot.list.deliver(slot.index, value);
          }
          return;
        }
      }
    }
  }
}
