import { build } from 'esbuild';
import { readdirSync } from 'node:fs';

/**
 * Bundles every file in src-main/entry into dist/main, one bundle each. Native and dynamically loaded
 * packages stay outside. The preload must be one CommonJS file: a sandboxed preload cannot use ESM.
 */
const entries = readdirSync('src-main/entry').filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
);

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  external: ['electron', 'better-sqlite3'],
  logLevel: 'warning',
  sourcemap: true,
};

await build({
  ...shared,
  entryPoints: entries.filter((name) => name !== 'preload.ts').map((name) => `src-main/entry/${name}`),
  outdir: 'dist/main',
  format: 'esm',
  // CommonJS packages inside an ESM bundle still call require().
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});

if (entries.includes('preload.ts')) {
  await build({
    ...shared,
    entryPoints: ['src-main/entry/preload.ts'],
    outfile: 'dist/main/preload.cjs',
    format: 'cjs',
  });
}
