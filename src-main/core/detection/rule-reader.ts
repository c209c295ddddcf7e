import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { sep } from 'node:path';
import { joinDocuments } from '../../detect/sigma/document/documents.ts';
import type { ParsedFile } from '../../detect/sigma/document/parse-rule.ts';
import {
  findRuleFiles,
  parseRuleText,
  readRuleText,
  type FoundFiles,
  type RuleText,
} from '../../detect/sigma/document/rule-files.ts';
import type { RuleProblem } from '../../pipeline/rules.ts';
import { takingTurns } from './taking-turns.ts';

/** What reading some paths gave. */
export interface ReadRules extends ParsedFile {
  /** Sentences on paths that cannot be read now and of which the rules from before were taken. */
  readonly kept: readonly string[];
}

/** A file as it was when it was last looked at. */
interface KnownFile {
  readonly stamp: Stamp;
  readonly contentHash: string;
  /** Null when only its content was looked at. */
  readonly parsed: ParsedFile | null;
}

interface Stamp {
  readonly text: string;
  /** False when the content may change without the stamp: see `UNSETTLED_MS`. */
  readonly isSettled: boolean;
}

/**
 * A file changed this recently may change again within the same tick of the file system's clock, and look as if it
 * had not (what git calls racily clean): its content is compared. The coarsest clock, FAT's, ticks every 2 s.
 */
const UNSETTLED_MS = 2_000;

/** Reads rule files again and again, each one only when it changed. Lets other work of its thread run in between. */
export class RuleReader {
  readonly #known = new Map<string, KnownFile>();

  /**
   * The rules below `paths`. What could be read before and cannot now (a share that is gone, a permission) keeps its
   * rules: losing detections takes more than a hiccup.
   */
  async read(paths: readonly string[]): Promise<ReadRules> {
    const found = findRuleFiles(paths);
    const turns = takingTurns();
    const problems: RuleProblem[] = [];
    const kept: string[] = [];
    const parsed: ParsedFile[] = [];
    for (const problem of found.problems) {
      const before = this.#parsedBelow(problem.file);
      if (before.length === 0) problems.push(problem);
      else kept.push(`${problem.file} cannot be read (${problem.message}); its rules from before go on.`);
      parsed.push(...before);
    }
    for (const file of found.files) {
      const { parsed: documents } = this.#look(file, true);
      if (documents !== null) parsed.push(documents);
      await turns();
    }
    this.#forget(found, paths);
    return {
      ...joinDocuments(parsed),
      problems: [...problems, ...parsed.flatMap((file) => file.problems)],
      kept,
    };
  }

  /** Equal for two looks that found the same files with the same content. Parses nothing. */
  async fingerprint(paths: readonly string[]): Promise<string> {
    const found = findRuleFiles(paths);
    const turns = takingTurns();
    const hashes: string[] = [];
    for (const file of found.files) {
      hashes.push(this.#look(file, false).contentHash);
      await turns();
    }
    return fingerprintOf(found, hashes);
  }

  /** The file as it is now; parsed on request, and otherwise when that was done before. */
  #look(file: string, parse: boolean): KnownFile {
    const stamp = stampOf(file);
    const known = this.#known.get(file);
    const isSame = known?.stamp.isSettled === true && known.stamp.text === stamp.text;
    if (isSame && !(parse && known.parsed === null)) return known;
    const read = readRuleText(file);
    const contentHash = hashOf(read);
    const before = known?.contentHash === contentHash ? known.parsed : null;
    const looked = { stamp, contentHash, parsed: before ?? (parse ? parseRuleText(file, read) : null) };
    // What is in use stays until it is read to be used: it may be all that is left when the file goes.
    if (parse || before !== null || known === undefined) this.#known.set(file, looked);
    return looked;
  }

  #parsedBelow(path: string): readonly ParsedFile[] {
    return [...this.#known].flatMap(([file, { parsed }]) =>
      parsed !== null && isBelow(file, path) ? [parsed] : [],
    );
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

function stampOf(file: string): Stamp {
  try {
    const { mtimeNs, ctimeNs, mtimeMs, size, ino } = statSync(file, { bigint: true });
    const isSettled = Date.now() - Number(mtimeMs) > UNSETTLED_MS;
    return { text: [mtimeNs, ctimeNs, size, ino].join(' '), isSettled };
  } catch {
    // Reading it will say what is wrong.
    return { text: '', isSettled: false };
  }
}

function hashOf(read: RuleText): string {
  return createHash('sha256')
    .update(read.ok ? read.text : `unreadable: ${read.problem.message}`, 'utf8')
    .digest('base64');
}

/** `hashes` are those of the files, in their order. */
function fingerprintOf({ files, problems }: FoundFiles, hashes: readonly string[]): string {
  const lines = [
    ...files.map((file, index) => `${file}\0${hashes[index] ?? ''}`),
    ...problems.map(({ file, message }) => `${file}\0${message}`),
  ];
  return createHash('sha256').update(lines.join('\n'), 'utf8').digest('base64');
}
