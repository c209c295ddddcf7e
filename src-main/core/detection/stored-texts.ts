import { parseRules, type ParsedFile } from '../../detect/sigma/document/parse-rule.ts';

interface KnownText {
  readonly yaml: string;
  readonly file: string;
  readonly parsed: ParsedFile;
}

/** Texts that the store keeps of rules, each parsed once: a set of thousands is loaded anew at every change of one. */
export class StoredTexts {
  #known = new Map<string, KnownText>();
  #used = new Map<string, KnownText>();

  /** @param file where problems of the text are said to be. */
  parse(ruleId: string, yaml: string, file: string): ParsedFile {
    const known = this.#known.get(ruleId);
    const isSame = known?.yaml === yaml && known.file === file;
    const text = isSame ? known : { yaml, file, parsed: parseRules(yaml, file) };
    this.#used.set(ruleId, text);
    return text.parsed;
  }

  /** Forgets the texts that were not asked for since the last time. */
  forgetUnused(): void {
    this.#known = this.#used;
    this.#used = new Map();
  }
}
