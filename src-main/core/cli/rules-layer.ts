import { existsSync } from 'node:fs';
import { loadRules, toLoadedRule } from '../../detect/sigma/document/load.ts';
import type { LoadedRule } from '../../pipeline/rules.ts';
import { layerOfRules } from '../../query/coverage-layer.ts';
import { loadAttackCatalogue } from '../attack-facts.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { openOutput } from './output-file.ts';
import type { Terminal } from './terminal.ts';

export interface LayerCommandOptions {
  readonly paths: readonly string[];
  readonly output?: string;
  readonly name: string;
}

/** `harrier rules layer`: the layer to standard output or a file, what was counted to standard error. */
export async function layerCommand(options: LayerCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const { rules: events, correlations, files, problems } = loadRules(options.paths);
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const rules = firstOfEachId([...events, ...correlations].map((rule) => toLoadedRule(rule, 'folder')));
  const layer = layerOfRules(loadAttackCatalogue(), rules, null, {
    name: options.name,
    description: 'Detection rules mapped to techniques, which is not a claim of protection.',
    metadata: { source: 'rules', rules: String(rules.length) },
  });
  const target = options.output === undefined ? null : await openOutput(options.output);
  await (target?.write ?? ((text: string) => terminal.out(text)))(`${JSON.stringify(layer, null, 1)}\n`);
  await target?.close();
  const techniques = new Set(layer.techniques.map(({ techniqueID }) => techniqueID)).size;
  terminal.err(
    `${files} files, ${rules.length} rules on ${techniques} techniques, ${errors} errors left out (see "harrier rules check")\n`,
  );
  if (files === 0 || options.paths.some((path) => !existsSync(path))) return EXIT.unreadable;
  return errors > 0 ? EXIT.found : EXIT.ok;
}

/** Of two rules with one id the engine takes the first. */
function firstOfEachId(rules: readonly LoadedRule[]): LoadedRule[] {
  const first = new Map<string, LoadedRule>();
  for (const rule of rules) if (!first.has(rule.id)) first.set(rule.id, rule);
  return [...first.values()];
}
