package dev.twine.sync;

import java.nio.file.Path;

/** Another process: takes the lock, says so, and holds it until it is killed. */
final class LockHolder {

  private LockHolder() {}

  public static void main(String[] args) throws Exception {
    FilesystemLock lock = new FilesystemLock(Path.of(args[0]));
    System.out.println(lock.lock() ? "locked" : "not locked");
    System.in.read();
  }
}
