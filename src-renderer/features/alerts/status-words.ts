import type { AlertStatus, RuleKind } from '#shared/model/alert.ts';
import type { Verdict } from '#shared/model/feedback.ts';

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

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  true_positive: 'True positive',
  false_positive: 'False positive',
  benign: 'Benign',
};
