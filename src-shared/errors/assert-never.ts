/** Ends an exhaustive switch: reaching it at run time is a bug, reaching it at compile time an error. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
