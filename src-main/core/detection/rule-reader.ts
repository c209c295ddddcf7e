import { statSync } from 'node:fs';
import { sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { joinDocuments } from '../../detect/sigma/document/documents.ts';
import type { ParsedFile } from '../../detect/sigma/document/parse-rule.ts';
import { findRuleFiles, readRuleFile, type FoundFiles } from '../../detect/sigma/document/rule-files.ts';
import type { RuleProblem } from '../../pipeline/rules.ts';

/** What reading some paths gave. */
export interface ReadRules extends ParsedFile {
  /** Sentences on paths that cannot be read now and of which the rules from before were taken. */
  readonly kept: readonly string[];
}

interface KnownFile {
  readonly stamp: string;
  readonly parsed: ParsedFile;
}

/** How long files are parsed before batches of events that wait get their turn. */
const TURN_MS = 10;

/**
 * A file changed this recently may change again within the same tick of the file system's clock, and look as if it
 * had not. Such a file is read again next time (what git calls racily clean).
 */
const UNSETTLED_MS = 2_000;

/** Reads rule files again and again, each one only when it changed. */
export class RuleReader {
  readonly #known = new Map<string, KnownFile>();

  /**
   * The rules below `paths`. Lets other work of the thread run in between. What could be read before and cannot
   * now (a share that is gone, a permission) keeps its rules: losing detections needs more than a hiccup.
   */
  async read(paths: readonly string[]): Promise<ReadRules> {
    const found = findRuleFiles(paths);
    const problems: RuleProblem[] = [];
    const kept: string[] = [];
    const parsed: ParsedFile[] = [];
    for (const problem of found.problems) {
      const before = this.#below(problem.file);
      if (before.length === 0) problems.push(problem);
      else kept.push(`${problem.file} cannot be read (${problem.message}); its rules from before go on.`);
      parsed.push(...before);
    }
    let turnEndsMs = performance.now() + TURN_MS;
    for (const file of found.files) {
      parsed.push(this.#fileNow(file));
      if (performance.now() < turnEndsMs) continue;
      await setImmediate();
      turnEndsMs = performance.now() + TURN_MS;
    }
    this.#forget(found, paths);
    return {
      ...joinDocuments(parsed),
      problems: [...problems, ...parsed.flatMap((file) => file.problems)],
      kept,
    };
  }

  #fileNow(file: string): ParsedFile {
    const stamp = stampOf(file);
    const known = this.#known.get(file);
    if (known?.stamp === stamp) return known.parsed;
    const parsed = readRuleFile(file);
    this.#known.set(file, { stamp, parsed });
    return parsed;
  }

  #below(path: string): readonly ParsedFile[] {
    return [...this.#known].flatMap(([file, { parsed }]) => (isBelow(file, path) ? [parsed] : []));
  }

  /** Forgets files that are gone from `roots`; those below a path that cannot be read now stay. */
  #forget({ files, problems }: FoundFiles, roots: readonly string[]): void {
    const present = new Set(files);
    for (const file of this.#known.keys()) {
      if (present.has(file) || !roots.some((root) => isBelow(file, root))) continue;
      if (!problems.some((unreadable) => isBelow(file, unreadable.file))) this.#known.delete(file);
    }
  }
}

function isBelow(file: string, path: string): boolean {
  return file === path || file.startsWith(path.endsWith(sep) ? path : path + sep);
}

/** Tells two states of a file apart; never equal to itself for a file that is not settled yet, or not readable. */
function stampOf(file: string): string {
  try {
    const { mtimeNs, ctimeNs, mtimeMs, size, ino } = statSync(file, { bigint: true });
    const isSettled = Date.now() - Number(mtimeMs) > UNSETTLED_MS;
    return [mtimeNs, ctimeNs, size, ino, isSettled ? '' : performance.now()].join(' ');
  } catch {
    // Reading it will say what is wrong.
    return String(performance.now());
  }
}
