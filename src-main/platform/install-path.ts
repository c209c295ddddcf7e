import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Absolute path of something that ships with Harrier ("resources/sample-case", "rules/sigma"), whether the code
 * runs from its sources, from bundles in dist/main, or from a packaged app. Found by walking up to the folder
 * that holds package.json.
 */
export function installPath(...parts: readonly string[]): string {
  return join(installRoot(), ...parts);
}

let cachedRoot: string | null = null;

function installRoot(): string {
  if (cachedRoot !== null) return cachedRoot;
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('Harrier cannot find its own files: package.json is missing.');
    folder = parent;
  }
  cachedRoot = folder;
  return folder;
}
