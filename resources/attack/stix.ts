import { z } from 'zod';

const reference = z.object({ source_name: z.string(), external_id: z.string().optional() });

/** The members of MITRE's STIX objects that the facts are made from. */
export const stixObject = z.object({
  type: z.string(),
  id: z.string(),
  name: z.string().optional(),
  aliases: z.array(z.string()).optional(),
  x_mitre_aliases: z.array(z.string()).optional(),
  revoked: z.boolean().optional(),
  x_mitre_deprecated: z.boolean().optional(),
  x_mitre_shortname: z.string().optional(),
  external_references: z.array(reference).optional(),
  kill_chain_phases: z.array(z.object({ phase_name: z.string() })).optional(),
  tactic_refs: z.array(z.string()).optional(),
  relationship_type: z.string().optional(),
  source_ref: z.string().optional(),
  target_ref: z.string().optional(),
});

export type StixObject = z.infer<typeof stixObject>;

/** "T1110.001", "G0016", ... */
export function attackId(object: StixObject): string {
  return object.external_references?.find((ref) => ref.source_name === 'mitre-attack')?.external_id ?? '';
}

/** Part of the release: neither revoked nor deprecated. */
export function isCurrent(object: StixObject): boolean {
  return object.revoked !== true && object.x_mitre_deprecated !== true;
}
