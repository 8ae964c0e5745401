package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import org.junit.jupiter.api.Test;

/**
 * What is called everywhere can become a part of its callers. HotSpot decides that by the size of
 * the byte code, and of what it was compiled to, with whatever has become a part of it: so the rest
 * must be too large to become one.
 */
class InliningTest {

  /** HotSpot's FreqInlineSize: no larger method is made a part of another. */
  private static final int LARGEST_PART = 325;

  @Test
  void whatEverybodyCallsIsSmall() throws IOException {
    assertThat(size("fire")).isLessThan(100);
    assertThat(size("add")).isLessThan(100);
  }

  @Test
  void whatFireLeavesToOthersDoesNotBecomeAPartOfIt() throws IOException {
    assertThat(size("runUsual")).isGreaterThan(LARGEST_PART);
    assertThat(size("run")).isGreaterThan(LARGEST_PART);
  }

  /** The bytes of byte code of a method of {@link Chain}. */
  private static int size(String method) throws IOException {
    try (InputStream bytes = Chain.class.getResourceAsStream("Chain.class")) {
      return ClassFile.of().parse(bytes.readAllBytes()).methods().stream()
          .filter(model -> model.methodName().equalsString(method))
          .mapToInt(InliningTest::codeSize)
          .sum();
    }
  }

  private static int codeSize(MethodModel method) {
    return method.findAttribute(Attributes.code()).map(CodeAttribute::codeLength).orElse(0);
  }
}
