import type { feedbackRoutes } from '#shared/contract/feedback.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Feedback } from '#shared/model/feedback.ts';
import { isoTime } from '#shared/wire/time.ts';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../kit/handler.ts';
import { listWire, pageRequest } from '../kit/lists.ts';

type FeedbackDeps = Pick<ApiDeps, 'reader' | 'writer' | 'clock' | 'newId'>;

/** Verdicts on alerts: added to a log that nobody can change. */
export function feedbackHandlers(deps: FeedbackDeps): Handlers<keyof typeof feedbackRoutes> {
  const { reader, writer, clock, newId } = deps;
  return {
    addFeedback: async ({ params, body, caller }) => {
      const alert = await reader.getAlert(params.alert_id);
      if (alert === null) throw missing(params.alert_id);
      const feedback: Feedback = {
        id: `fbk_${newId()}`,
        alertId: alert.id,
        ruleId: alert.ruleId,
        verdict: body.feedback,
        note: body.note,
        origin: body.origin,
        actor: caller.name,
        ts: clock.now(),
      };
      // The alert may have gone with its import since it was read.
      if (!(await writer.addFeedback(feedback))) throw missing(params.alert_id);
      return feedbackToWire(feedback);
    },
    listFeedback: async ({ params, query }) => {
      const request = pageRequest(query);
      const page = await reader.feedback(params.alert_id, request);
      if (page.total === 0 && (await reader.getAlert(params.alert_id)) === null)
        throw missing(params.alert_id);
      return listWire(page, request, feedbackToWire);
    },
  };
}

function feedbackToWire({ id, alertId, ruleId, verdict, note, origin, actor, ts }: Feedback) {
  return {
    id,
    alert_id: alertId,
    rule_id: ruleId,
    feedback: verdict,
    note,
    origin,
    actor,
    ts: isoTime(ts),
  };
}

function missing(id: string): AppError {
  return new AppError('not_found', { what: `The alert ${id}` });
}
