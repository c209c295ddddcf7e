import { useEffect, useRef, useState } from 'react';
import type { RuleVerdictWire } from '#shared/contract/sigma.ts';
import { callApi } from '../../../api/client.ts';

/** Long enough not to check half a word, short enough to feel like checking while typing (RUL-3). */
const CHECK_AFTER_MS = 500;

export interface TextVerdict {
  /** The text that the answer is about; what is in the editor may be newer. */
  readonly verdict: { readonly text: string; readonly answer: RuleVerdictWire } | undefined;
  readonly error: unknown;
}

/** Checks the text a moment after it stopped changing, and at once when `round` rises. */
export function useVerdict(text: string, round: number): TextVerdict {
  const [run, setRun] = useState<TextVerdict>({ verdict: undefined, error: null });
  const lastRound = useRef(-1);
  useEffect(() => {
    const abort = new AbortController();
    const isAsked = lastRound.current !== round;
    lastRound.current = round;
    const timer = setTimeout(
      () => {
        callApi(
          'createRule',
          { query: { dry_run: 'true' }, body: { yaml: text } },
          { signal: abort.signal },
        ).then(
          (answer) => setRun({ verdict: { text, answer }, error: null }),
          (error: unknown) => {
            if (!abort.signal.aborted) setRun((old) => ({ ...old, error }));
          },
        );
      },
      isAsked ? 0 : CHECK_AFTER_MS,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, round]);
  return run;
}
