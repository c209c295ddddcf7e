import type { MessagePort } from 'node:worker_threads';
import type { Detection } from '#shared/model/alert.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { levelRank, type Level } from '#shared/model/severity.ts';
import { compileRules } from '../../detect/sigma/compile-rules.ts';
import type { SigmaEngine } from '../../detect/sigma/engine.ts';
import { loadRules } from '../../detect/sigma/document/load.ts';
import { loadSettings } from '../../detect/sigma/processing/load-settings.ts';
import { createEnricher } from '../../enrich/enrich.ts';
import type { EvidenceInput } from '../../ingest/evidence/plan.ts';
import type { FileReport } from '../../ingest/evidence/read.ts';
import { answerCalls } from '../../platform/worker-calls.ts';
import { lastWritten } from '../evidence/last-written.ts';
import { readEvents } from '../evidence/read-events.ts';
import { placed } from '../detection/match-collection.ts';
import { positionOf, toScanMatch } from './match.ts';
import type { ScanCollected, ScanNotice, ScanRules, ScanRulesReport, ScanWorkerMethods } from './messages.ts';
import type { ScannedFile } from './report.ts';

/** Runs inside a scan worker: reads evidence, runs the rules, hands the matches out. Keeps nothing. */
export function hostScan(port: MessagePort): void {
  const enrich = createEnricher();
  const tell = (notice: ScanNotice): void => port.postMessage(notice);
  let loaded: LoadedScan | null = null;

  async function scan(index: number, input: EvidenceInput): Promise<ScannedFile> {
    let bytesRead = 0;
    const report = await readEvents(input, {
      enrich,
      newId: sequence(index),
      sourceId: 'scan',
      evidenceId: input.path,
      // Undated records get the time of the file, so that the same evidence always gives the same output.
      writtenMs: lastWritten(input.path),
      observedMs: lastWritten(input.path),
      onEvents: (events, _, position) => {
        if (loaded !== null) examine(loaded, index, events, tell);
        tell({ kind: 'progress', index, bytes: position.bytesRead - bytesRead, events: events.length });
        bytesRead = position.bytesRead;
      },
    });
    return toScannedFile(report);
  }

  answerCalls(port, {
    load: (rules) => {
      loaded = loadEngine(rules);
      return loaded.report;
    },
    scan: ({ index, input }) => scan(index, input),
    correlate: (matches) => loaded?.engine.correlate(matches).filter(loaded.isWanted) ?? [],
    unmatchable: () => loaded?.engine.unmatchable() ?? [],
  } satisfies ScanWorkerMethods);
}

/** An engine, and which of its detections were asked for. */
interface LoadedScan {
  readonly engine: SigmaEngine;
  readonly isWanted: (detection: Detection) => boolean;
  readonly report: ScanRulesReport;
}

function loadEngine({ paths, minLevel, anyLogsource, settings: files }: ScanRules): LoadedScan {
  const { problems, ...documents } = loadRules(paths);
  const isWanted = ({ level }: { readonly level: Level }): boolean => levelRank(level) >= levelRank(minLevel);
  // What correlations refer to runs for them, whatever its own level.
  const referenced = new Set(documents.correlations.flatMap(({ rules }) => rules.map(({ text }) => text)));
  const rules = documents.rules.filter(
    (rule) => isWanted(rule) || referenced.has(rule.id) || referenced.has(rule.name ?? rule.id),
  );
  const settings = loadSettings(files);
  const engine = compileRules(
    { ...documents, rules },
    { anyLogsource, otherRules: documents.rules, ...settings },
  );
  const report = {
    loaded: engine.ruleIds.length,
    problems: [...settings.problems, ...problems, ...engine.problems],
  };
  return { engine, isWanted, report };
}

function examine(
  { engine, isWanted }: LoadedScan,
  index: number,
  events: readonly LogEvent[],
  tell: (notice: ScanNotice) => void,
): void {
  const { detections, matches } = engine.collect(events);
  const byId = new Map(events.map((event) => [event.id, event]));
  const lines = detections.filter(isWanted).flatMap((detection) => {
    const event = byId.get(detection.eventId);
    return event === undefined ? [] : [toScanMatch(detection, event)];
  });
  if (lines.length > 0) tell({ kind: 'matches', index, matches: lines });
  const collected = placed(matches, events).flatMap((one): readonly ScanCollected[] => {
    const event = byId.get(one.match.eventId);
    return event === undefined ? [] : [{ ...one, position: positionOf(event) }];
  });
  if (collected.length > 0) tell({ kind: 'collected', matches: collected });
}

/** Ids within one scan: nothing is stored, so they only have to tell its events apart. */
function sequence(input: number): () => string {
  let last = 0;
  return () => `${input}-${(last += 1)}`;
}

function toScannedFile({ path, outcome, reason, events, rejected }: FileReport): ScannedFile {
  return { path, outcome, reason, events, rejected };
}
