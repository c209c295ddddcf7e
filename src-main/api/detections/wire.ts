import type { DetectionRuleBody, DetectionRuleWire } from '#shared/contract/detections.ts';
import type { DetectionRule, DetectionRuleText, Suppression } from '#shared/model/detection-rule.ts';
import { isoTime, isoTimeOrNull } from '#shared/wire/time.ts';
import type { DetectionFeedback, DetectionRun } from '../../store/interface/detections.ts';

export function ruleToWire(rule: DetectionRule): DetectionRuleWire {
  return {
    id: rule.id,
    kind: 'scheduled',
    name: rule.name,
    description: rule.description,
    query: rule.query,
    source: rule.source,
    match_severity: rule.matchSeverity,
    host: rule.host,
    alert_severity: rule.alertSeverity,
    alert_title_template: rule.alertTitleTemplate,
    alert_description_template: rule.alertDescriptionTemplate,
    auto_create_case: rule.autoCreateCase,
    enabled: rule.enabled,
    schedule_enabled: rule.scheduleEnabled,
    schedule_interval_minutes: rule.scheduleIntervalMinutes,
    mitre_techniques: [...rule.mitreTechniques],
    sharing_mode: rule.sharingMode,
    shared_with_roles: [...rule.sharedWithRoles],
    tags: [...rule.tags],
    pivots: [...rule.pivots],
    owner: rule.owner,
    created_at: isoTime(rule.createdTs),
    updated_at: isoTime(rule.updatedTs),
    last_run_at: isoTimeOrNull(rule.lastRunTs),
    next_run_at: isoTimeOrNull(rule.nextRunTs),
  };
}

export function textFromWire(body: DetectionRuleBody): DetectionRuleText {
  return {
    name: body.name,
    description: body.description,
    query: body.query,
    source: body.source,
    matchSeverity: body.match_severity,
    host: body.host,
    alertSeverity: body.alert_severity,
    alertTitleTemplate: body.alert_title_template,
    alertDescriptionTemplate: body.alert_description_template,
    autoCreateCase: body.auto_create_case,
    enabled: body.enabled,
    scheduleEnabled: body.schedule_enabled,
    scheduleIntervalMinutes: body.schedule_interval_minutes,
    mitreTechniques: body.mitre_techniques.map((id) => id.toUpperCase()),
    sharingMode: body.sharing_mode,
    sharedWithRoles: body.shared_with_roles,
    tags: body.tags,
    pivots: body.pivots,
  };
}

export function runToWire(run: DetectionRun) {
  return {
    id: run.id,
    trigger_mode: run.trigger,
    status: run.status,
    reason: run.reason,
    started_at: isoTime(run.startedTs),
    finished_at: isoTime(run.finishedTs),
    match_count: run.matches,
    suppressed_count: run.suppressed,
    alert_count: run.alerts,
    sample_log_ids: [...run.sampleIds],
  };
}

export function suppressionToWire(suppression: Omit<Suppression, 'ruleId'>, nowMs: number) {
  const { id, name, reason, criteria, owner, createdTs, expiresTs } = suppression;
  return {
    id,
    name,
    reason,
    criteria: { ...criteria },
    owner,
    active: expiresTs === null || expiresTs > nowMs,
    created_at: isoTime(createdTs),
    expires_at: isoTimeOrNull(expiresTs),
  };
}

export function detectionFeedbackToWire(feedback: DetectionFeedback) {
  return {
    id: feedback.id,
    verdict: feedback.verdict,
    alert_id: feedback.alertId,
    case_id: feedback.caseId,
    siem_log_id: feedback.eventId,
    notes: feedback.notes,
    metadata: JSON.parse(feedback.metadata) as Record<string, never>, // Written from the checked body.
    actor: feedback.actor,
    created_at: isoTime(feedback.ts),
  };
}
