import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** `npm run bench -- <name>...`: runs bench/cases/<name>.ts, which prints one JSON object a line. */
const cases = join(import.meta.dirname, 'cases');
const names = process.argv.slice(2);
const known = existsSync(cases) ? readdirSync(cases).map((file) => file.replace(/\.ts$/, '')) : [];

if (names.length === 0 || names.some((name) => !known.includes(name))) {
  console.error(`Usage: npm run bench -- <name>...\nNames: ${known.join(', ')}`);
  process.exit(2);
}

for (const name of names) {
  // The folder decides what can be run: each case exports one `run`.
  const module = (await import(join(cases, `${name}.ts`))) as { run: () => Promise<void> };
  await module.run();
}
