package dev.twine;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what users can name: every public or protected signature, as one would declare it,
 * with simple names and without the word {@code public}.
 */
final class ApiListing {

  /** Overridden everywhere, and no news. */
  private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

  private ApiListing() {}

  /** All types in the folder or jar of class files that {@code member} comes from, by package. */
  static String of(Class<?> member) throws IOException, URISyntaxException {
    Path classes = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
    var listing = new StringBuilder();
    String lastPackage = "";
    for (Class<?> type : visibleTypes(classes)) {
      if (!type.getPackageName().equals(lastPackage)) {
        lastPackage = type.getPackageName();
        listing.append("package ").append(lastPackage).append("\n\n");
      }
      ofType(type).forEach(line -> listing.append(line).append('\n'));
      listing.append('\n');
    }
    return listing.toString().stripTrailing() + "\n";
  }

  /** The declaration of {@code type}, then its members in the order of their names. */
  static List<String> ofType(Class<?> type) {
    var members =
        new TreeSet<String>(
            Comparator.comparing(ApiListing::memberName).thenComparing(Comparator.naturalOrder()));
    // What a type that cannot be named declares is there through the first one that can.
    for (Class<?> declaring = type;
        declaring != null && (declaring == type || !isVisible(declaring));
        declaring = declaring.getSuperclass()) {
      addMembers(type, declaring, members);
    }
    var lines = new ArrayList<String>();
    lines.add(declaration(type));
    members.forEach(member -> lines.add("  " + member));
    return lines;
  }

  private static List<Class<?>> visibleTypes(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
          .map(file -> file.replaceAll("\\.class$", "").replaceAll("[/\\\\]", "."))
          .<Class<?>>map(ApiListing::load)
          .filter(ApiListing::isVisible)
          .sorted(
              Comparator.<Class<?>, String>comparing(Class::getPackageName)
                  .thenComparing(Class::getName))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ApiListing.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isVisible(Class<?> type) {
    if (type.isAnonymousClass() || type.isLocalClass() || type.isSynthetic()) {
      return false;
    }
    Class<?> enclosing = type.getEnclosingClass();
    return isVisible(type.getModifiers()) && (enclosing == null || isVisible(enclosing));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String declaration(Class<?> type) {
    var text = new StringBuilder(modifiersOf(type)).append(kindOf(type)).append(nameOf(type));
    text.append(parameters(type.getTypeParameters()));
    if (type.isRecord()) {
      text.append(
          Stream.of(type.getRecordComponents())
              .map(part -> describe(part.getAnnotatedType()) + " " + part.getName())
              .collect(joining(", ", "(", ")")));
    }
    AnnotatedType above = type.getAnnotatedSuperclass();
    if (above != null && isVisible(type.getSuperclass()) && !isPlain(type)) {
      text.append(" extends ").append(describe(above));
    }
    if (type.getAnnotatedInterfaces().length > 0) {
      text.append(type.isInterface() ? " extends " : " implements ")
          .append(list(type.getAnnotatedInterfaces(), ", "));
    }
    if (type.isSealed()) {
      text.append(" permits ")
          .append(
              Stream.of(type.getPermittedSubclasses())
                  .map(ApiListing::nameOf)
                  .sorted()
                  .collect(joining(", ")));
    }
    return text.toString();
  }

  /** Whether what {@code type} extends goes without saying. */
  private static boolean isPlain(Class<?> type) {
    return type.isRecord() || type.isEnum() || type.getSuperclass() == Object.class;
  }

  private static String modifiersOf(Class<?> type) {
    int modifiers = type.getModifiers();
    String access = Modifier.isProtected(modifiers) ? "protected " : "";
    if (type.isSealed()) {
      return access + "sealed ";
    }
    if (type.isInterface() || type.isRecord() || type.isEnum()) {
      return access;
    }
    return access
        + (Modifier.isAbstract(modifiers) ? "abstract " : "")
        + (Modifier.isFinal(modifiers) ? "final " : "");
  }

  private static String kindOf(Class<?> type) {
    if (type.isAnnotation()) {
      return "@interface ";
    }
    if (type.isInterface()) {
      return "interface ";
    }
    return type.isRecord() ? "record " : type.isEnum() ? "enum " : "class ";
  }

  private static void addMembers(Class<?> type, Class<?> declaring, Set<String> members) {
    for (Field field : declaring.getDeclaredFields()) {
      if (isVisible(field.getModifiers()) && !field.isSynthetic()) {
        members.add(
            modifiers(field.getModifiers())
                + describe(field.getAnnotatedType())
                + " "
                + field.getName());
      }
    }
    for (Method method : declaring.getDeclaredMethods()) {
      if (isVisible(method.getModifiers())
          && !method.isSynthetic()
          && !OF_EVERY_OBJECT.contains(method.getName())) {
        members.add(
            (method.isDefault() ? "default " : "")
                + modifiers(method.getModifiers() & ~(type.isInterface() ? Modifier.ABSTRACT : 0))
                + spaced(parameters(method.getTypeParameters()))
                + describe(method.getAnnotatedReturnType())
                + " "
                + method.getName()
                + arguments(method));
      }
    }
    if (declaring == type) {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (isVisible(constructor.getModifiers()) && !constructor.isSynthetic()) {
          members.add(
              modifiers(constructor.getModifiers()) + nameOf(type) + arguments(constructor));
        }
      }
    }
  }

  private static String modifiers(int modifiers) {
    int told =
        modifiers & (Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL);
    return spaced(Modifier.toString(told));
  }

  private static String arguments(Executable executable) {
    AnnotatedType[] types = executable.getAnnotatedParameterTypes();
    String arguments = list(types, ", ");
    if (executable.isVarArgs()) {
      arguments = arguments.replaceAll("\\[]$", "...");
    }
    AnnotatedType[] thrown = executable.getAnnotatedExceptionTypes();
    return "(" + arguments + ")" + (thrown.length == 0 ? "" : " throws " + list(thrown, ", "));
  }

  /** Type parameters with their bounds, in angle brackets, or nothing. */
  private static String parameters(TypeVariable<?>[] variables) {
    if (variables.length == 0) {
      return "";
    }
    return Stream.of(variables)
        .map(
            variable -> {
              String bounds = list(variable.getAnnotatedBounds(), " & ");
              return variable.getName() + (bounds.equals("Object") ? "" : " extends " + bounds);
            })
        .collect(joining(", ", "<", ">"));
  }

  private static String list(AnnotatedType[] types, String separator) {
    return Arrays.stream(types).map(ApiListing::describe).collect(joining(separator));
  }

  private static String describe(AnnotatedType type) {
    if (type instanceof AnnotatedArrayType array) {
      String brackets = isNullable(array) ? " @Nullable []" : "[]";
      return describe(array.getAnnotatedGenericComponentType()) + brackets;
    }
    return (isNullable(type) ? "@Nullable " : "") + describeUnannotated(type);
  }

  private static String describeUnannotated(AnnotatedType type) {
    if (type instanceof AnnotatedTypeVariable variable) {
      return variable.getType().getTypeName();
    }
    if (type instanceof AnnotatedWildcardType wildcard) {
      if (wildcard.getAnnotatedLowerBounds().length > 0) {
        return "? super " + list(wildcard.getAnnotatedLowerBounds(), " & ");
      }
      String bounds = list(wildcard.getAnnotatedUpperBounds(), " & ");
      return bounds.equals("Object") ? "?" : "? extends " + bounds;
    }
    if (type instanceof AnnotatedParameterizedType parameterized) {
      Type raw = ((ParameterizedType) parameterized.getType()).getRawType();
      return nameOf((Class<?>) raw)
          + "<"
          + list(parameterized.getAnnotatedActualTypeArguments(), ", ")
          + ">";
    }
    return nameOf((Class<?>) type.getType());
  }

  private static boolean isNullable(AnnotatedElement element) {
    return element.isAnnotationPresent(Nullable.class);
  }

  /** The word before the arguments of a member, or its last word. */
  private static String memberName(String member) {
    String beforeArguments = member.replaceAll("\\(.*", "");
    return beforeArguments.substring(beforeArguments.lastIndexOf(' ') + 1);
  }

  /** The simple name, after those of the types around it. */
  private static String nameOf(Class<?> type) {
    Class<?> enclosing = type.getEnclosingClass();
    return enclosing == null
        ? type.getSimpleName()
        : nameOf(enclosing) + "." + type.getSimpleName();
  }

  private static String spaced(String text) {
    return text.isEmpty() ? "" : text + " ";
  }
}
