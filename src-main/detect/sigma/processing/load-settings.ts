import { readFileSync, statSync } from 'node:fs';
import type { PipelineText, RuleSettings } from '../../../pipeline/rule-settings.ts';
import type { RuleProblem } from '../../../pipeline/rules.ts';
import type { Placeholders } from '../compile/placeholders.ts';
import { findRuleFiles } from '../document/rule-files.ts';
import { parsePipeline } from './parse-pipeline.ts';
import { inOrder, type ProcessingPipeline } from './pipeline.ts';
import { parseValueLists } from './value-lists.ts';

/** Bytes of a file that are read at all; what the YAML reader takes is less. */
const MAX_FILE_BYTES = 1024 * 1024;

/** Settings as the compiler takes them. */
export interface LoadedSettings {
  readonly placeholders: Placeholders;
  /** Those that are enabled and without errors, in the order in which they are applied. */
  readonly pipelines: readonly ProcessingPipeline[];
  readonly problems: readonly RuleProblem[];
  /** What came from files, to show it beside what is stored. */
  readonly fromFiles: {
    readonly placeholders: Readonly<Record<string, readonly string[]>>;
    readonly pipelines: readonly PipelineText[];
  };
}

/** Reads value lists and pipelines. What cannot be used is listed with its place; the rest is taken. */
export function loadSettings(settings: RuleSettings): LoadedSettings {
  const problems: RuleProblem[] = [];
  const lists = new Map<string, readonly string[]>();
  for (const { file, text } of textsAt(settings.placeholderPaths, problems)) {
    const parsed = parseValueLists(text, file);
    problems.push(...parsed.problems);
    for (const [name, values] of parsed.lists) lists.set(name, values);
  }
  const files = textsAt(settings.pipelinePaths, problems).map(({ file, text }): PipelineText => ({
    name: file,
    yaml: text,
    enabled: true,
  }));
  const pipelines = [...files, ...settings.pipelines].flatMap(({ name, yaml, enabled }) => {
    if (!enabled) return [];
    const parsed = parsePipeline(yaml, name);
    problems.push(...parsed.problems);
    return parsed.pipeline ?? [];
  });
  return {
    placeholders: new Map([...lists, ...Object.entries(settings.placeholders)]),
    pipelines: inOrder(pipelines),
    problems,
    fromFiles: { placeholders: Object.fromEntries(lists), pipelines: files },
  };
}

function textsAt(
  paths: readonly string[],
  problems: RuleProblem[],
): readonly { readonly file: string; readonly text: string }[] {
  const found = findRuleFiles(paths);
  problems.push(...found.problems);
  return found.files.flatMap((file) => {
    try {
      const { size } = statSync(file);
      if (size <= MAX_FILE_BYTES) return { file, text: readFileSync(file, 'utf8') };
      problems.push(unreadable(file, `The file has ${size} bytes; the limit is ${MAX_FILE_BYTES}.`));
    } catch (error) {
      problems.push(unreadable(file, error instanceof Error ? error.message : String(error)));
    }
    return [];
  });
}

function unreadable(file: string, message: string): RuleProblem {
  const hint = 'Check the path and its permissions.';
  return { file, stage: 'yaml', severity: 'error', line: 1, column: 1, message, hint };
}
