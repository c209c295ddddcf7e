import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { findRuleFiles, readRuleText } from '../../detect/sigma/document/rule-files.ts';
import { gunzip, isGzip } from '../../ingest/evidence/gunzip.ts';
import { ioReason } from '../../ingest/evidence/io-reason.ts';
import { UnpackBudget } from '../../ingest/evidence/unpack-budget.ts';
import { isZip, openZip, type ZipMember } from '../../ingest/evidence/zip-members.ts';
import { isTar, readTar } from './tar.ts';
import { Counted, Damages, limited, piecesOf, prepended } from './unpacking.ts';

/** A text that may hold rules, under the name that a person knows it by: `rules.zip!windows/a.yml` in an archive. */
export interface RuleFileText {
  readonly file: string;
  readonly text: string;
}

/** A file that was not read, and why. */
export interface RefusedFile {
  readonly file: string;
  readonly reason: string;
}

const RULE_NAME = /\.ya?ml$/i;

/** Bytes of one rule file: four for each character that a rule may have. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

/** Bytes of all texts together, which are in memory at once. All of SigmaHQ has 13 MB. */
const MAX_TEXT_BYTES = 256 * 1024 * 1024;

/** Rule files in one import. SigmaHQ has 4,040. */
const MAX_TEXTS = 50_000;

/** Why reading of an import goes no further. */
class TooMuch extends Error {}

/** Reads rule texts from files, folders and archives. What an archive says of names and sizes is only ever shown. */
export class RuleTexts {
  readonly texts: RuleFileText[] = [];
  readonly refused: RefusedFile[] = [];
  /** Members of archives that are no rule files. */
  others = 0;
  #bytes = 0;

  /** @param label name of `path` for people: an upload has another. */
  async add(path: string, label = path): Promise<void> {
    try {
      if ((await stat(path)).isDirectory()) this.#addFolder(path);
      else await this.#addFile(path, label);
    } catch (error) {
      const reason = error instanceof TooMuch ? error.message : ioReason(error);
      this.refused.push({ file: label, reason });
    }
  }

  #addFolder(path: string): void {
    const found = findRuleFiles([path]);
    for (const { file, message } of found.problems) this.refused.push({ file, reason: message });
    for (const file of found.files) {
      const read = readRuleText(file);
      if (read.ok) this.#keep(file, Buffer.from(read.text));
      else this.refused.push({ file, reason: read.problem.message });
    }
  }

  async #addFile(path: string, label: string): Promise<void> {
    // O_NONBLOCK: opening a pipe must not wait for a writer.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      if (!(await file.stat()).isFile()) {
        this.refused.push({ file: label, reason: 'it is a device, pipe or socket, not a file' });
        return;
      }
      const head = Buffer.alloc(512);
      const { bytesRead } = await file.read(head, 0, head.length, 0);
      const start = head.subarray(0, bytesRead);
      if (isZip(start)) await this.#addZip(path, label);
      else if (isGzip(start)) await this.#addGzip(file, label);
      else if (isTar(start)) await this.#addTar(piecesOf(file), label);
      else await this.#addText(piecesOf(file), label);
    } finally {
      await file.close();
    }
  }

  async #addZip(path: string, label: string): Promise<void> {
    const archive = await openZip(path);
    const budget = new UnpackBudget();
    try {
      for (const member of archive.members) await this.#addMember(member, { label, budget });
    } finally {
      await archive.close();
    }
    if (archive.omitted > 0) {
      this.refused.push({
        file: label,
        reason: `${archive.omitted} members behind the first 10,000 were not read`,
      });
    }
  }

  async #addMember(
    member: ZipMember,
    { label, budget }: { readonly label: string; readonly budget: UnpackBudget },
  ): Promise<void> {
    if (!isRuleName(member.name)) {
      this.others += 1;
      return;
    }
    const file = `${label}!${member.name}`;
    const refusal = member.refusal ?? budget.refusal;
    if (refusal !== null) {
      this.refused.push({ file, reason: refusal });
      return;
    }
    budget.begin();
    const damage = new Damages();
    const content = limited(member.open(damage.note), {
      budget,
      packedBytes: () => member.packedBytes,
      damage,
    });
    await this.#addText(content, file, damage);
  }

  async #addGzip(file: FileHandle, label: string): Promise<void> {
    const packed = new Counted(piecesOf(file));
    const damage = new Damages();
    const budget = new UnpackBudget();
    const content = limited(gunzip(packed, damage.note), { budget, packedBytes: () => packed.bytes, damage });
    const first = await content.next();
    const whole = prepended(first.done === true ? Buffer.alloc(0) : first.value, content);
    if (first.done !== true && isTar(first.value)) await this.#addTar(whole, label, damage);
    else await this.#addText(whole, label, damage);
  }

  async #addTar(content: AsyncIterable<Buffer>, label: string, damage = new Damages()): Promise<void> {
    const wants = (name: string, sizeBytes: number): boolean =>
      isRuleName(name) && sizeBytes <= MAX_FILE_BYTES;
    for await (const { name, sizeBytes, bytes } of readTar(content, { wants, damaged: damage.note })) {
      if (bytes !== null) this.#keep(`${label}!${name}`, bytes);
      else if (isRuleName(name)) this.refused.push({ file: `${label}!${name}`, reason: tooLarge(sizeBytes) });
      else this.others += 1;
    }
    if (damage.reason !== null) this.refused.push({ file: label, reason: damage.reason });
  }

  async #addText(content: AsyncIterable<Buffer>, file: string, damage = new Damages()): Promise<void> {
    const pieces: Buffer[] = [];
    let sizeBytes = 0;
    for await (const piece of content) {
      sizeBytes += piece.length;
      if (sizeBytes > MAX_FILE_BYTES) break;
      pieces.push(piece);
    }
    if (sizeBytes > MAX_FILE_BYTES) this.refused.push({ file, reason: tooLarge(sizeBytes) });
    else if (damage.reason !== null) this.refused.push({ file, reason: damage.reason });
    else this.#keep(file, Buffer.concat(pieces));
  }

  #keep(file: string, bytes: Buffer): void {
    this.#bytes += bytes.length;
    if (this.texts.length >= MAX_TEXTS || this.#bytes > MAX_TEXT_BYTES) {
      throw new TooMuch(
        `an import takes at most ${MAX_TEXTS} rule files of ${MAX_TEXT_BYTES} bytes together`,
      );
    }
    try {
      this.texts.push({ file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) });
    } catch {
      this.refused.push({ file, reason: 'it is not text in UTF-8' });
    }
  }
}

/** What hides (.github, resource forks of macOS) is no rule. */
function isRuleName(name: string): boolean {
  return RULE_NAME.test(name) && !/(?:^|\/)(?:\.(?!\.?\/)|__MACOSX\/)/.test(name);
}

function tooLarge(sizeBytes: number): string {
  return `it has ${sizeBytes} bytes or more; the limit is ${MAX_FILE_BYTES}`;
}
