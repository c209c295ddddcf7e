import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedRule, RuleProblem } from '../../pipeline/commands.ts';
import { parseRules } from './parse-rule.ts';
import { fieldsOf, type ParsedRule } from './rule.ts';

export interface LoadedFiles {
  readonly rules: readonly ParsedRule[];
  readonly problems: readonly RuleProblem[];
  /** Rule files that were read. */
  readonly files: number;
}

const RULE_FILE = /\.ya?ml$/i;

/** Folders within folders that are searched; a link that leads in a circle must end somewhere. */
const MAX_FOLDER_DEPTH = 16;

/** Rule files of a run; a folder chosen by mistake must not be read for hours. SigmaHQ has 4,130 in all. */
const MAX_FILES = 50_000;

/**
 * Reads rules from files and folders (all .yml and .yaml below them, by name). What cannot be read or has not
 * the shape of a rule is listed; nothing is skipped without a word.
 */
export function loadRules(paths: readonly string[]): LoadedFiles {
  const rules: ParsedRule[] = [];
  const problems: RuleProblem[] = [];
  const files = paths.flatMap((path) => ruleFiles(path, problems));
  for (const file of files.slice(0, MAX_FILES)) {
    const parsed = readRuleFile(file);
    rules.push(...parsed.rules);
    problems.push(...parsed.problems);
  }
  const left = files[MAX_FILES];
  if (left !== undefined) {
    problems.push(
      unreadable(left, `Files after the first ${MAX_FILES} were left out.`, 'Name smaller folders.'),
    );
  }
  return { rules, problems, files: Math.min(files.length, MAX_FILES) };
}

/** The rule as lists and details show it. */
export function toLoadedRule(rule: ParsedRule, origin: LoadedRule['origin']): LoadedRule {
  return {
    id: rule.id,
    title: rule.title,
    level: rule.level,
    status: rule.status,
    author: rule.author,
    description: rule.description,
    references: rule.references,
    falsePositives: rule.falsePositives,
    tags: rule.tags,
    attack: rule.attack,
    logsource: rule.logsource,
    fields: fieldsOf(rule),
    origin,
    file: rule.file,
    yaml: rule.yaml,
    enabled: true,
    levelOverride: null,
    date: rule.date,
    modified: rule.modified,
  };
}

function readRuleFile(file: string): Pick<LoadedFiles, 'rules' | 'problems'> {
  try {
    return parseRules(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { rules: [], problems: [unreadable(file, error.message, 'Check the path and its permissions.')] };
  }
}

function ruleFiles(path: string, problems: RuleProblem[], depth = 0): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    if (depth >= MAX_FOLDER_DEPTH) {
      problems.push(unreadable(path, 'The folder lies too deep.', 'Name it on its own.'));
      return [];
    }
    const entries = readdirSync(path, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.name.startsWith('.') && (!entry.isFile() || RULE_FILE.test(entry.name)))
      .sort((left, right) => (left.name < right.name ? -1 : 1))
      .flatMap((entry) => {
        const member = join(path, entry.name);
        return entry.isFile() ? [member] : linkedRuleFiles(member, problems, depth + 1);
      });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    problems.push(unreadable(path, error.message, 'Check the path and its permissions.'));
    return [];
  }
}

/** A folder's files; of a link to a file, that file if it is named like a rule. */
function linkedRuleFiles(path: string, problems: RuleProblem[], depth: number): readonly string[] {
  const files = ruleFiles(path, problems, depth);
  return files[0] === path && !RULE_FILE.test(path) ? [] : files;
}

function unreadable(file: string, message: string, hint: string): RuleProblem {
  return { file, stage: 'yaml', severity: 'error', line: 1, column: 1, message, hint };
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
