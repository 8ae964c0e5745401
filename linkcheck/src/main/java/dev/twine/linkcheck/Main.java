package dev.twine.linkcheck;

import dev.twine.Deferred;
import dev.twine.Scheduler;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The program: understands the command line, starts what it says, and waits for the end. */
@Command(
    name = "twine",
    descriptionHeading = "%n",
    description = "A link checker that is written with Deferreds only.",
    optionListHeading = "%n",
    commandListHeading = "%nCommands:%n",
    subcommands = CheckCommand.class)
public final class Main {

  /** Exit status: all links are fine. */
  static final int FINE = 0;

  /** Exit status: some are not. */
  static final int FINDINGS = 1;

  /** Exit status: nothing was checked, because it isn't clear what to check. */
  static final int BAD_USAGE = 2;

  /** Exit status: this program is broken. */
  static final int BUG = 3;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli sets it and tells us that it was set
  private boolean help;

  private Main() {}

  /**
   * Runs the program and ends the process with its exit status.
   *
   * @param arguments the command line
   * @throws InterruptedException never, as nobody interrupts the main thread
   */
  public static void main(String... arguments) throws InterruptedException {
    // The only place that waits. Everything else happens in callbacks.
    System.exit(run(Screen.system(), arguments).get());
  }

  /** Starts what the arguments say; gives the exit status when that is done. */
  static Deferred<Integer> run(Screen screen, String... arguments) {
    return Deferred.maybeDeferred(() -> start(screen, arguments))
        .addErrback(ParameterException.class, mistake -> explain(mistake, screen))
        .addErrback(BadUsageException.class, mistake -> explain(mistake, screen))
        .addErrback(
            bug -> {
              screen.complain("twine: this should not have happened: " + bug.value());
              return BUG;
            });
  }

  private static Deferred<Integer> start(Screen screen, String... arguments) throws IOException {
    CommandLine program = new CommandLine(new Main());
    program.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
    for (CommandLine command : program.parseArgs(arguments).asCommandLineList()) {
      if (command.isUsageHelpRequested()) {
        command.getUsageMessage().lines().forEach(screen::line);
        return Deferred.succeed(FINE);
      }
      if (command.getCommand() instanceof CheckCommand check) {
        return check.run(screen, Scheduler.system());
      }
    }
    throw new BadUsageException("say what to do; there is one command, 'check'");
  }

  private static int explain(Exception mistake, Screen screen) {
    screen.complain("twine: " + mistake.getMessage());
    screen.complain("See: twine check --help");
    return BAD_USAGE;
  }
}
