import type { detectionVerdictRoutes } from '#shared/contract/detection-verdicts.ts';
import { completeDetectionRule, type detectionRoutes } from '#shared/contract/detections.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { DetectionRule } from '#shared/model/detection-rule.ts';
import { eventToWire } from '#shared/wire/event.ts';
import type { SuppressionText } from '../../pipeline/detection-commands.ts';
import type { ApiDeps } from '../deps.ts';
import type { Call, Handlers } from '../kit/handler.ts';
import { listWire, pageOf, pageRequest } from '../kit/lists.ts';
import { detectionMetrics } from './metrics.ts';
import { detectionFeedbackToWire, ruleToWire, runToWire, suppressionToWire, textFromWire } from './wire.ts';

type DetectionDeps = Pick<ApiDeps, 'reader' | 'writer' | 'commands' | 'clock' | 'newId'>;

const HOUR_MS = 3_600_000;

/** Detection rules of document 001: saved queries, their runs, suppressions and verdicts. */
export function detectionHandlers(
  deps: DetectionDeps,
): Handlers<keyof typeof detectionRoutes | keyof typeof detectionVerdictRoutes> {
  const { reader, clock } = deps;
  const { detections } = deps.commands;
  const existing = (id: string): DetectionRule => {
    const rule = detections.get(id);
    if (rule === null) throw new AppError('not_found', { what: `The detection rule ${id}` });
    return rule;
  };
  return {
    listDetectionRules: ({ query }) => {
      const request = pageRequest(query);
      const rules = [...detections.list()].sort((left, right) => (left.name < right.name ? -1 : 1));
      return listWire(
        pageOf(rules, request, ({ id }) => id),
        request,
        ruleToWire,
      );
    },
    createDetectionRule: async ({ body, caller }) =>
      ruleToWire(await detections.create(textFromWire(body), caller.name)),
    patchDetectionRule: async ({ params, body }) => {
      const changed = completeDetectionRule.parse({ ...ruleToWire(existing(params.rule_id)), ...body });
      return ruleToWire(await detections.update(params.rule_id, textFromWire(changed)));
    },
    deleteDetectionRule: async ({ params }) => {
      await detections.remove(params.rule_id);
    },
    runDetectionRule: async ({ params }) => {
      const { run, matches } = await detections.run(params.rule_id);
      return {
        rule: ruleToWire(existing(params.rule_id)),
        total: run.matches,
        suppressed_count: run.suppressed,
        run: runToWire(run),
        logs: matches.map(eventToWire),
      };
    },
    listDetectionRuns: async ({ params, query }) => {
      const request = pageRequest(query);
      return listWire(await reader.detectionRuns(existing(params.rule_id).id, request), request, runToWire);
    },
    listSuppressions: ({ params, query }) => {
      const request = pageRequest(query);
      const page = pageOf(detections.suppressions(existing(params.rule_id).id), request, ({ id }) => id);
      return listWire(page, request, (one) => suppressionToWire(one, clock.now()));
    },
    createSuppression: (call) => createSuppression(deps, call),
    deleteSuppression: async ({ params }) => {
      const { rule_id: ruleId, suppression_id: id } = params;
      if (!(await detections.removeSuppression(ruleId, id)))
        throw new AppError('not_found', { what: `The suppression ${id}` });
    },
    listDetectionFeedback: async ({ params, query }) => {
      const request = pageRequest(query);
      const page = await reader.detectionFeedback(existing(params.rule_id).id, request);
      return listWire(page, request, detectionFeedbackToWire);
    },
    addDetectionFeedback: (call) => addFeedback(deps, existing(call.params.rule_id), call),
    detectionMetrics: async () => {
      const activity = await reader.detectionActivity(clock.now() - 24 * HOUR_MS);
      return detectionMetrics(detections.list(), activity);
    },
  };
}

async function createSuppression({ commands, clock }: DetectionDeps, call: Call<'createSuppression'>) {
  const { params, query, body, caller } = call;
  const { detections } = commands;
  const now = clock.now();
  const text: SuppressionText = {
    name: body.name,
    reason: body.reason,
    criteria: body.criteria,
    expiresTs: body.suppress_for_hours === null ? null : now + body.suppress_for_hours * HOUR_MS,
  };
  const preview = await detections.previewSuppression(params.rule_id, text);
  if (query.dry_run === 'true') {
    call.useAlternateStatus();
    const draft = { ...text, id: '', owner: caller.name, createdTs: now };
    return { ...suppressionToWire(draft, now), id: null, preview };
  }
  const saved = await detections.suppress(params.rule_id, text, caller.name);
  return { ...suppressionToWire(saved, now), preview };
}

async function addFeedback(
  { reader, writer, clock, newId }: DetectionDeps,
  rule: DetectionRule,
  { body, caller }: Call<'addDetectionFeedback'>,
) {
  const feedback = {
    id: `fbk_${newId()}`,
    ruleId: rule.id,
    verdict: body.verdict,
    alertId: body.alert_id,
    caseId: body.case_id,
    eventId: body.siem_log_id,
    notes: body.notes,
    metadata: JSON.stringify(body.metadata),
    actor: caller.name,
    ts: clock.now(),
  };
  await writer.addDetectionFeedback(feedback);
  const alert = body.alert_id === null ? null : await reader.getAlert(body.alert_id);
  if (alert !== null && body.verdict !== 'needs_tuning') {
    const { verdict, notes: note } = body;
    const { actor, ts } = feedback;
    const id = `fbk_${newId()}`;
    await writer.addFeedback({
      id,
      alertId: alert.id,
      ruleId: alert.ruleId,
      verdict,
      note,
      origin: 'detections',
      actor,
      ts,
    });
  }
  return detectionFeedbackToWire(feedback);
}
