/**
 * Small things that a workspace remembers besides events, alerts and rules, each a JSON document under a kind and a
 * name. What is large, paged or searched has a table of its own instead.
 */
export type RecordKind =
  | 'placeholder'
  | 'pipeline'
  | 'rule_cases'
  | 'attack_layer'
  | 'rule_suggestion'
  | 'rule_notes'
  | 'detection_rule'
  | 'suppression'
  | 'saved_view';

export interface WorkspaceRecord {
  readonly kind: RecordKind;
  /** Unique within the kind. */
  readonly name: string;
  /** JSON text; its shape is the business of whoever owns the kind, who checks it when reading. */
  readonly body: string;
  readonly updatedTs: number;
}
