/** What an analyst may say of an alert: document 000. */
export const VERDICTS = ['true_positive', 'false_positive', 'benign'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** One entry of an alert's feedback log, which is only added to. The newest entry is the alert's verdict. */
export interface Feedback {
  /** `fbk_` and a ULID. */
  readonly id: string;
  readonly alertId: string;
  /** Rule of the alert, kept because the log outlives the alert. */
  readonly ruleId: string;
  readonly verdict: Verdict;
  readonly note: string;
  /** Where it was given, as the client says: "dashboard", "api", ... */
  readonly origin: string;
  /** Who gave it: the name of the caller's token. */
  readonly actor: string;
  /** UTC epoch milliseconds. */
  readonly ts: number;
}

/** Alerts of one rule by their newest verdict. */
export interface VerdictCounts {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly benign: number;
}
