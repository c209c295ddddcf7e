import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleProblem } from '../../../pipeline/rules.ts';
import { parseRules, type ParsedFile } from './parse-rule.ts';

const RULE_FILE = /\.ya?ml$/i;

/** Bytes of a rule file that are read at all: four for each character that a rule may have. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

/** Rule files of a run; a folder chosen by mistake must not be read for hours. SigmaHQ has 4,130 in all. */
const MAX_FILES = 50_000;

/** Rule files below some paths. */
export interface FoundFiles {
  readonly files: readonly string[];
  /** A problem for each path that cannot be read. */
  readonly problems: readonly RuleProblem[];
}

/** The files themselves and all .yml and .yaml below the folders, by name. */
export function findRuleFiles(paths: readonly string[]): FoundFiles {
  const problems: RuleProblem[] = [];
  const walk = new RuleFileWalk(problems);
  const files = paths.flatMap((path) => walk.filesAt(path));
  const left = files[MAX_FILES];
  if (left !== undefined) {
    problems.push(
      unreadable(left, `Files after the first ${MAX_FILES} were left out.`, 'Name smaller folders.'),
    );
  }
  return { files: files.slice(0, MAX_FILES), problems };
}

/** The text of a rule file, or why there is none. */
export type RuleText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: RuleProblem };

export function readRuleText(file: string): RuleText {
  try {
    const { size } = statSync(file);
    if (size > MAX_FILE_BYTES) {
      const message = `The file has ${size} bytes; the limit is ${MAX_FILE_BYTES}.`;
      return { ok: false, problem: unreadable(file, message, 'Is it a rule? Split it if it is.') };
    }
    return { ok: true, text: readFileSync(file, 'utf8') };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const hint = 'Check the path and its permissions.';
    return { ok: false, problem: unreadable(file, error.message, hint) };
  }
}

/** The documents of a text; one that could not be read is a problem. */
export function parseRuleText(file: string, read: RuleText): ParsedFile {
  if (read.ok) return parseRules(read.text, file);
  return { rules: [], correlations: [], filters: [], problems: [read.problem] };
}

/** Collects rule files below folders. Each folder is entered once, so a link in a circle ends. */
class RuleFileWalk {
  readonly #problems: RuleProblem[];
  readonly #entered = new Set<string>();

  constructor(problems: RuleProblem[]) {
    this.#problems = problems;
  }

  /** `path` itself if it is a file, whatever its name; else the rule files below it, by name. */
  filesAt(path: string): readonly string[] {
    try {
      const stats = statSync(path);
      if (stats.isDirectory()) return this.#filesBelow(path);
      if (stats.isFile()) return [path];
      this.#problems.push(unreadable(path, 'This is neither a file nor a folder.', 'Name one of those.'));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.#problems.push(unreadable(path, error.message, 'Check the path and its permissions.'));
    }
    return [];
  }

  #filesBelow(folder: string): readonly string[] {
    const real = realpathSync(folder);
    if (this.#entered.has(real)) return [];
    this.#entered.add(real);
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.'))
      .sort((left, right) => (left.name < right.name ? -1 : 1))
      .flatMap((entry) => {
        const path = join(folder, entry.name);
        if (RULE_FILE.test(entry.name)) return entry.isFile() ? [path] : this.filesAt(path);
        return entry.isDirectory() || entry.isSymbolicLink() ? this.#linkedFolder(path) : [];
      });
  }

  /** Below a folder, only folders need no fitting name: a link to some other file is not meant as a rule. */
  #linkedFolder(path: string): readonly string[] {
    return this.filesAt(path).filter((file) => file !== path);
  }
}

function unreadable(file: string, message: string, hint: string): RuleProblem {
  return { file, stage: 'yaml', severity: 'error', line: 1, column: 1, message, hint };
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
