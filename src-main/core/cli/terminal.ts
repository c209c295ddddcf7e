/** Where a command writes: results to standard output, everything else to standard error. Tests pass their own. */
export interface Terminal {
  /** Resolves when the reader has room again, so that a slow pipe slows the scan instead of filling memory. */
  out(text: string): Promise<void>;
  err(text: string): void;
  /** True when a person watches standard error: progress may be drawn. */
  readonly interactive: boolean;
}

/** The terminal or pipes of this process. */
export function processTerminal(): Terminal {
  return {
    out: (text) =>
      new Promise((resolve, reject) => {
        process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
      }),
    err: (text) => {
      process.stderr.write(text);
    },
    interactive: process.stderr.isTTY,
  };
}
