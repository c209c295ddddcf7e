import type { Threat, ThreatFacts } from '#shared/model/threat.ts';
import { attackId, isCurrent, type StixObject } from './stix.ts';

const KINDS: Readonly<Record<string, Threat['kind']>> = {
  'intrusion-set': 'group',
  malware: 'software',
  tool: 'software',
};

/**
 * Groups and software with the techniques that ATT&CK says they use themselves: not what a group's software or
 * campaigns use. `current` gives the newest id of a technique, or undefined for one that is gone.
 */
export function threatsOf(
  objects: readonly StixObject[],
  current: (techniqueId: string) => string | undefined,
): ThreatFacts {
  const byStixId = new Map(objects.map((object) => [object.id, object]));
  const used = new Map<string, Set<string>>();
  for (const object of objects) {
    if (object.type !== 'relationship' || object.relationship_type !== 'uses' || !isCurrent(object)) continue;
    const target = byStixId.get(object.target_ref ?? '');
    if (target?.type !== 'attack-pattern') continue;
    const technique = current(attackId(target));
    if (technique === undefined) continue;
    const source = object.source_ref ?? '';
    used.set(source, (used.get(source) ?? new Set()).add(technique));
  }
  const threats = objects.flatMap((object): Threat[] => {
    const kind = KINDS[object.type];
    const techniques = [...(used.get(object.id) ?? [])].sort();
    if (kind === undefined || !isCurrent(object) || techniques.length === 0) return [];
    const name = object.name ?? attackId(object);
    const aliases = (object.aliases ?? object.x_mitre_aliases ?? []).filter((alias) => alias !== name);
    return [{ id: attackId(object), kind, name, aliases, techniques }];
  });
  return { threats: threats.sort((left, right) => left.id.localeCompare(right.id, 'en')) };
}
