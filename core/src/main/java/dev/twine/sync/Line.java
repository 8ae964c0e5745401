package dev.twine.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A line that is left at the front, or from anywhere, in constant time. Not thread-safe: whoever
 * has a line guards it.
 */
final class Line<M extends Line.Member<M>> {

  /** Who can stand in a line, in one at a time. */
  abstract static class Member<M> {
    private @Nullable M before;
    private @Nullable M behind;
    private boolean standing;
  }

  private @Nullable M first;
  private @Nullable M last;
  private int size;

  void add(M member) {
    Member<M> links = member;
    M before = last;
    links.before = before;
    links.standing = true;
    if (before == null) {
      first = member;
    } else {
      ((Member<M>) before).behind = member;
    }
    last = member;
    size++;
  }

  /** Takes a member out, wherever it stands; false if it doesn't. */
  boolean remove(M member) {
    Member<M> links = member;
    if (!links.standing) {
      return false;
    }
    M before = links.before;
    M behind = links.behind;
    if (before == null) {
      first = behind;
    } else {
      ((Member<M>) before).behind = behind;
    }
    if (behind == null) {
      last = before;
    } else {
      ((Member<M>) behind).before = before;
    }
    links.before = null;
    links.behind = null;
    links.standing = false;
    size--;
    return true;
  }

  /** The first member, which stays. */
  @Nullable M first() {
    return first;
  }

  /** Takes the first member out. */
  @Nullable M poll() {
    M member = first;
    if (member != null) {
      remove(member);
    }
    return member;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return first == null;
  }

  /** Something of each member, from the first to the last. */
  <E> List<E> each(Function<? super M, ? extends E> function) {
    List<E> list = new ArrayList<>(size);
    for (M member = first; member != null; member = ((Member<M>) member).behind) {
      list.add(function.apply(member));
    }
    return list;
  }
}
