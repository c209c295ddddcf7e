import { readFileSync } from 'node:fs';
import {
  createAttackCatalogue,
  type AttackCatalogue,
  type AttackFacts,
} from '#shared/model/attack-catalogue.ts';
import type { Threat, ThreatFacts } from '#shared/model/threat.ts';
import { installPath } from '../platform/install-path.ts';

/** The ATT&CK facts that ship with Harrier; see resources/attack/NOTICE.md for their terms. */
export function loadAttackCatalogue(): AttackCatalogue {
  const path = installPath('resources', 'attack', 'enterprise.json');
  // Made by resources/attack/build.ts, which writes this type.
  return createAttackCatalogue(JSON.parse(readFileSync(path, 'utf8')) as AttackFacts);
}

/** Groups and software of ATT&CK with their techniques, from the same place. */
export function loadThreats(): readonly Threat[] {
  const path = installPath('resources', 'attack', 'threats.json');
  // Made by resources/attack/build.ts, which writes this type.
  return (JSON.parse(readFileSync(path, 'utf8')) as ThreatFacts).threats;
}
