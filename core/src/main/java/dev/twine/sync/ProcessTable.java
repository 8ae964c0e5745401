package dev.twine.sync;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The processes that can be seen from here. */
interface ProcessTable {

  /** The pid of this process. */
  long self();

  /**
   * The name of what has this table: a machine or a container. A pid of another one means nothing
   * here. It has no white space and is not empty.
   */
  String host();

  /**
   * When the process with a pid was started.
   *
   * @return null if there is no such process, for certain
   * @throws IOException if there may be one, but it can't be examined
   */
  @Nullable ProcessStart startOf(long pid) throws IOException;
}
