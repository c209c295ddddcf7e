import { join } from 'node:path';
import { unpack } from './kit.ts';

/** Folders of the SigmaHQ archive that hold active rules (3,780 of them). */
const ACTIVE = [
  'rules',
  'rules-compliance',
  'rules-emerging-threats',
  'rules-placeholder',
  'rules-threat-hunting',
];

let folder: string | null = null;

/** Unpacks the SigmaHQ rules once and returns the folders of the active ones. */
export function activeSigmaRules(): readonly string[] {
  folder ??= unpack('sigma/sigma-rules-8eaafff.tar.gz');
  const root = join(folder, 'sigma-8eaafff');
  return ACTIVE.map((name) => join(root, name));
}
