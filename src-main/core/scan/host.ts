import type { MessagePort } from 'node:worker_threads';
import type { LogEvent } from '#shared/model/event.ts';
import { levelRank } from '#shared/model/severity.ts';
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
import { toScanMatch, type ScanMatch } from './match.ts';
import type { ScanNotice, ScanRules, ScanRulesReport, ScanWorkerMethods } from './messages.ts';
import type { ScannedFile } from './report.ts';

/** Runs inside a scan worker: reads evidence, runs the rules, hands the matches out. Keeps nothing. */
export function hostScan(port: MessagePort): void {
  const enrich = createEnricher();
  const tell = (notice: ScanNotice): void => port.postMessage(notice);
  let engine: SigmaEngine | null = null;

  async function scan(index: number, input: EvidenceInput): Promise<ScannedFile> {
    let bytesRead = 0;
    const report = await readEvents(input, {
      enrich,
      newId: sequence(),
      sourceId: 'scan',
      evidenceId: input.path,
      // Undated records get the time of the file, so that the same evidence always gives the same output.
      writtenMs: lastWritten(input.path),
      observedMs: lastWritten(input.path),
      onEvents: (events, _, position) => {
        const matches = engine === null ? [] : matchesOf(engine, events);
        if (matches.length > 0) tell({ kind: 'matches', index, matches });
        tell({ kind: 'progress', index, bytes: position.bytesRead - bytesRead, events: events.length });
        bytesRead = position.bytesRead;
      },
    });
    return toScannedFile(report);
  }

  answerCalls(port, {
    load: (rules) => {
      const loaded = loadEngine(rules);
      engine = loaded.engine;
      return loaded.report;
    },
    scan: ({ index, input }) => scan(index, input),
    unmatchable: () => engine?.unmatchable() ?? [],
  } satisfies ScanWorkerMethods);
}

function loadEngine(rules: ScanRules): { engine: SigmaEngine; report: ScanRulesReport } {
  const { problems, ...documents } = loadRules(rules.paths);
  const wanted = documents.rules.filter((rule) => levelRank(rule.level) >= levelRank(rules.minLevel));
  const settings = loadSettings(rules.settings);
  const engine = compileRules(
    { ...documents, rules: wanted },
    { anyLogsource: rules.anyLogsource, otherRules: documents.rules, ...settings },
  );
  return {
    engine,
    report: {
      loaded: engine.ruleIds.length,
      problems: [...settings.problems, ...problems, ...engine.problems],
    },
  };
}

function matchesOf(engine: SigmaEngine, events: readonly LogEvent[]): readonly ScanMatch[] {
  const detections = engine.detect(events);
  if (detections.length === 0) return [];
  const byId = new Map(events.map((event) => [event.id, event]));
  return detections.flatMap((detection) => {
    const event = byId.get(detection.eventId);
    return event === undefined ? [] : [toScanMatch(detection, event)];
  });
}

/** Ids within one file: nothing is stored, so they only have to tell its events apart. */
function sequence(): () => string {
  let last = 0;
  return () => String((last += 1));
}

function toScannedFile({ path, outcome, reason, events, rejected }: FileReport): ScannedFile {
  return { path, outcome, reason, events, rejected };
}
