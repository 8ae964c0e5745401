package dev.twine.conformance;

/**
 * What the user functions of a scenario throw: one of three kinds, of which C is an A. The tag
 * tells the instances of a scenario apart.
 */
abstract sealed class UserException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String tag;

  private UserException(String tag) {
    super(tag);
    this.tag = tag;
  }

  /** Makes a new exception of the kind A, B or C. */
  static UserException of(String kind, String tag) {
    return switch (kind) {
      case "A" -> new A(tag);
      case "B" -> new B(tag);
      case "C" -> new C(tag);
      default -> throw new IllegalArgumentException("no kind of user exception: " + kind);
    };
  }

  String tag() {
    return tag;
  }

  String kind() {
    return getClass().getSimpleName();
  }

  /** The kind A. */
  static sealed class A extends UserException permits C {
    private static final long serialVersionUID = 1L;

    private A(String tag) {
      super(tag);
    }
  }

  /** The kind B. */
  static final class B extends UserException {
    private static final long serialVersionUID = 1L;

    private B(String tag) {
      super(tag);
    }
  }

  /** The kind C, which is caught wherever A is. */
  static final class C extends A {
    private static final long serialVersionUID = 1L;

    private C(String tag) {
      super(tag);
    }
  }
}
