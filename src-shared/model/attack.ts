/** ATT&CK reference of an event or alert: tactic short name ("credential-access") and technique id ("T1110.001"). */
export interface AttackRef {
  readonly tactic: string | null;
  readonly technique: string | null;
}
