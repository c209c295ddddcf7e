import type { AlertStatus, RuleKind } from '#shared/model/alert.ts';

export const STATUS_WORDS: Readonly<Record<AlertStatus, string>> = {
  new: 'New',
  in_progress: 'In progress',
  closed: 'Closed',
};

export const KIND_WORDS: Readonly<Record<RuleKind, string>> = {
  sigma: 'Sigma',
  correlation: 'Correlation',
  anomaly: 'Anomaly',
  kill_chain: 'Kill chain',
  ueba: 'Behaviour',
  threat_intel: 'Threat intel',
  risk: 'Risk',
  scheduled: 'Scheduled',
  manual: 'Manual',
};
