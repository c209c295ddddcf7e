/** Exit codes of the `harrier` command, documented in README.md. */
export const EXIT = {
  /** Done; a scan matched nothing, a check found nothing. */
  ok: 0,
  /** A scan matched, or a check found errors. */
  found: 1,
  /** The command line, the configuration or the rules folder cannot be used. */
  usage: 2,
  /** Done, but some input could not be read; goes before `found`. */
  unreadable: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
