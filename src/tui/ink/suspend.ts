/** Hands the terminal back, as Ink does it, while `during` runs. */
export type SuspendTerminal = (during: () => Promise<void>) => Promise<void>;

/**
 * Stops the process as ctrl-Z would and comes back when the shell continues it. In raw mode the terminal does not do that by itself.
 * The whole group is stopped, so that npm or a script around us stops as well.
 */
export function suspendWith(suspendTerminal: SuspendTerminal): () => Promise<void> {
  return async () => {
    await suspendTerminal(
      () =>
        new Promise<void>((resolve) => {
          // Ink lets go of stdin, and a process with nothing to wait for would end instead of sleeping.
          const awake = setInterval(() => {}, 1_000_000_000);
          process.once('SIGCONT', () => {
            clearInterval(awake);
            resolve();
          });
          process.kill(0, 'SIGTSTP');
        }),
    );
    // What stands in the background is not told that the terminal became another size.
    process.kill(process.pid, 'SIGWINCH');
  };
}
