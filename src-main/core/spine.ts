import type { Detection } from '#shared/model/alert.ts';
import { toColumns } from '../pipeline/columns.ts';
import type { PipelineStatus, ReceiverStatus } from '../pipeline/commands.ts';
import type { ReloadReport, RuleCommands } from '../pipeline/rule-commands.ts';
import type { RuleSettingsCommands } from '../pipeline/rule-settings.ts';
import { createLedger, type Ledger } from '../pipeline/ledger.ts';
import { systemClock } from '../platform/clock.ts';
import { installPath } from '../platform/install-path.ts';
import { createHub, type Hub } from '../publish/hub.ts';
import type { CoreOptions } from './core-options.ts';
import type { Config } from './config/schema.ts';
import { DetectorClient } from './detection/detector-client.ts';
import { createFlow, type Flow, type FlowOptions } from './flow/flow.ts';
import { createPatientWriter, type PatientWriter } from './flow/patient-writer.ts';
import { createPublisher } from './flow/publisher.ts';
import type { RuleBookOptions } from './rules/rule-book.ts';
import { startRules } from './rules/rules.ts';
import { createThroughput, type Throughput } from './status/throughput.ts';
import type { StopStack } from './stop-stack.ts';
import type { Store } from './storage.ts';

/** Detect, commit, publish: what every event goes through, wherever it came from. */
export interface Spine {
  readonly flow: Flow;
  readonly rules: RuleCommands;
  readonly settings: RuleSettingsCommands;
  readonly hub: Hub;
  readonly patient: PatientWriter;
  readonly throughput: Throughput;
  /** Books of imports; receivers keep theirs in the intake worker. */
  readonly ledger: Ledger;
  /** Commits and publishes detections whose events are stored or on their way; resolves to the alerts touched. */
  readonly raise: (detections: readonly Detection[]) => Promise<number>;
  /** Collects an import's events for correlations, which look at them when it has ended. */
  readonly importCorrelation: Pick<DetectorClient, 'beginImport' | 'endImport'>;
  detectorStatus(): ReceiverStatus;
  /** Detections that were folded into an alert that existed, since the start. */
  dedupCount(): number;
}

/** Loads the rules and joins detector, writer and stream hub. */
export async function startSpine(
  { config, logger }: CoreOptions,
  { writer, reader }: Store,
  currentStatus: () => PipelineStatus,
  stops: StopStack,
): Promise<Spine> {
  const patient = createPatientWriter(writer, logger);
  const raise: Spine['raise'] = async (detections) => {
    // A detection whose event is not stored yet would be dropped.
    await flow.drain();
    const batch = { events: toColumns([]), detections, offsets: [], counters: [], rejects: [] };
    const receipt = await patient.commit(batch);
    onCommitted(batch, receipt);
    return receipt.alertIds.length;
  };
  const detector = new DetectorClient({
    logger,
    onLate: (detections) => raise(detections),
    memory: reader,
    settled: () => flow.drain(),
  });
  stops.push(() => detector.stop());
  const rules = await startRules({
    detector,
    writer,
    reader,
    clock: systemClock,
    sources: ruleSources(config),
    logger,
  });
  stops.push(() => rules.stop());
  const hub = createHub({ status: currentStatus, clock: systemClock, logger });
  stops.push(() => hub.close());
  const throughput = createThroughput(systemClock);
  const publish = createPublisher(hub, reader, logger);
  let folded = 0;
  const onCommitted: FlowOptions['onCommitted'] = (batch, receipt) => {
    throughput.add(receipt.events);
    if (!receipt.replayed) folded += batch.detections.length - receipt.created - receipt.orphaned;
    publish(batch, receipt);
  };
  const flow = createFlow({
    detect: (events) => detector.detect(events),
    checkpoint: () => detector.checkpoint(),
    writer: patient,
    onCommitted,
  });
  // Before anything comes in: a recall that shares the worker with live batches would count them twice.
  await detector.recall();
  return {
    flow,
    rules,
    settings: rules.settings,
    hub,
    patient,
    raise,
    throughput,
    ledger: createLedger(),
    importCorrelation: detector,
    detectorStatus: () => withReload(detector.status(), rules.lastReload()),
    dedupCount: () => folded,
  };
}

/** Rules that are not what the files hold are a degraded detector: it runs, but not as meant. */
function withReload(status: ReceiverStatus, { error }: ReloadReport): ReceiverStatus {
  if (error === null || status.state !== 'ok') return status;
  return { ...status, state: 'degraded', detail: `The last reload of the rules failed: ${error}` };
}

function ruleSources(config: Config): RuleBookOptions['sources'] {
  return {
    shippedPaths: config.shipped_rules ? [installPath('rules', 'sigma')] : [],
    folderPaths: config.rule_paths,
    anyLogsource: config.any_logsource,
    placeholderPaths: config.placeholder_paths,
    pipelinePaths: config.pipeline_paths,
  };
}
