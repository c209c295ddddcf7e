import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RuleImportWire } from '#shared/contract/rule-import.ts';
import { callApi } from '../../../api/client.ts';
import { invalidateRoutes, queryClient } from '../../../api/queries.ts';
import { RULE_TEXT_READERS } from '../use-rules.ts';
import { joinReports } from './join-reports.ts';

/** Where rules come from: files of this computer, or paths on the core's. */
export type RuleSource =
  | { readonly kind: 'files'; readonly files: readonly File[] }
  | { readonly kind: 'paths'; readonly paths: readonly string[] };

export interface RuleImport {
  readonly source: RuleSource | null;
  /** Of the trial, then of the import. */
  readonly report: RuleImportWire | undefined;
  readonly isBusy: boolean;
  readonly error: Error | null;
  /** Reads the source and says what an import would do; nothing is kept. */
  readonly tryOut: (source: RuleSource) => void;
  readonly run: (reason: string) => void;
  readonly startOver: () => void;
}

/** An import of rules in two steps: a trial with a report, then the import itself from the same source. */
export function useRuleImport(): RuleImport {
  const [source, setSource] = useState<RuleSource | null>(null);
  const { mutate, data, isPending, error, reset } = useMutation({ mutationFn: send });
  return {
    source,
    report: data,
    isBusy: isPending,
    error,
    tryOut: (from) => {
      setSource(from);
      mutate({ source: from, isTrial: true, reason: '' });
    },
    run: (reason) => {
      if (source === null) return;
      mutate(
        { source, isTrial: false, reason },
        { onSuccess: () => void invalidateRoutes(queryClient, RULE_TEXT_READERS) },
      );
    },
    startOver: () => {
      setSource(null);
      reset();
    },
  };
}

interface Request {
  readonly source: RuleSource;
  readonly isTrial: boolean;
  readonly reason: string;
}

/** Files are sent one after the other: each is a request of its own, and together they may be large. */
async function send({ source, isTrial, reason }: Request): Promise<RuleImportWire> {
  if (source.kind === 'paths') {
    return callApi('importRules', { body: { paths: [...source.paths], dry_run: isTrial, reason } });
  }
  const reports: RuleImportWire[] = [];
  for (const file of source.files) {
    const query = { name: file.name, dry_run: isTrial ? 'true' : 'false', reason } as const;
    reports.push(await callApi('uploadRules', { query }, { bytes: file }));
  }
  return joinReports(reports);
}
