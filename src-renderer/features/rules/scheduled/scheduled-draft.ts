import type { DetectionRuleWire } from '#shared/contract/detections.ts';
import type { Level } from '#shared/model/severity.ts';

/** What the form holds: texts where the rule may have nothing. */
export interface ScheduledDraft {
  readonly name: string;
  readonly description: string;
  readonly query: string;
  readonly source: string;
  readonly host: string;
  readonly matchSeverity: string;
  readonly level: Level;
  readonly isScheduled: boolean;
  readonly intervalMinutes: number;
  readonly titleTemplate: string;
  readonly techniques: readonly string[];
  readonly tags: readonly string[];
  readonly sharing: DetectionRuleWire['sharing_mode'];
}

/** What the form sends, in the names of document 001; what it does not show stays as it is. */
export interface ScheduledBody {
  readonly name: string;
  readonly description: string;
  readonly query: string;
  readonly source: string | null;
  readonly host: string | null;
  readonly match_severity: string | null;
  readonly alert_severity: Level;
  readonly schedule_enabled: boolean;
  readonly schedule_interval_minutes: number;
  readonly alert_title_template: string;
  readonly mitre_techniques: string[];
  readonly tags: string[];
  readonly sharing_mode: DetectionRuleWire['sharing_mode'];
}

const NEW_INTERVAL_MINUTES = 60;

export function draftOf(rule: DetectionRuleWire | undefined, query: string): ScheduledDraft {
  return {
    name: rule?.name ?? '',
    description: rule?.description ?? '',
    query: rule?.query ?? query,
    source: rule?.source ?? '',
    host: rule?.host ?? '',
    matchSeverity: rule?.match_severity ?? '',
    level: rule?.alert_severity ?? 'medium',
    isScheduled: rule?.schedule_enabled ?? true,
    intervalMinutes: rule?.schedule_interval_minutes ?? NEW_INTERVAL_MINUTES,
    titleTemplate: rule?.alert_title_template ?? '{rule_name}',
    techniques: rule?.mitre_techniques ?? [],
    tags: rule?.tags ?? [],
    sharing: rule?.sharing_mode ?? 'private',
  };
}

export function bodyOf(draft: ScheduledDraft): ScheduledBody {
  return {
    name: draft.name.trim(),
    description: draft.description,
    query: draft.query.trim(),
    source: orNull(draft.source),
    host: orNull(draft.host),
    match_severity: orNull(draft.matchSeverity),
    alert_severity: draft.level,
    schedule_enabled: draft.isScheduled,
    schedule_interval_minutes: draft.intervalMinutes,
    alert_title_template: draft.titleTemplate,
    mitre_techniques: [...draft.techniques],
    tags: [...draft.tags],
    sharing_mode: draft.sharing,
  };
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
