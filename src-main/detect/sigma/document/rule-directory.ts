import type { DocumentMetadata } from './rule.ts';

/** What a reference of a correlation or filter leads to. */
export type FoundDocument<Document> =
  | { readonly kind: 'found'; readonly document: Document }
  | { readonly kind: 'missing' }
  /** Several documents have this name. */
  | { readonly kind: 'ambiguous'; readonly documents: readonly Document[] };

/** Finds documents by what references may call them: their id, or their name. An id goes before a name. */
export class RuleDirectory<Document extends DocumentMetadata> {
  readonly #byId = new Map<string, Document>();
  readonly #byName = new Map<string, Document[]>();

  /** Of documents with one id the first counts, as in the engine. */
  constructor(documents: readonly Document[]) {
    for (const document of documents) {
      if (this.#byId.has(document.id)) continue;
      this.#byId.set(document.id, document);
      if (document.name === null) continue;
      const namesakes = this.#byName.get(document.name);
      if (namesakes === undefined) this.#byName.set(document.name, [document]);
      else namesakes.push(document);
    }
  }

  find(reference: string): FoundDocument<Document> {
    const byId = this.#byId.get(reference);
    if (byId !== undefined) return { kind: 'found', document: byId };
    const [first, ...others] = this.#byName.get(reference) ?? [];
    if (first === undefined) return { kind: 'missing' };
    if (others.length > 0) return { kind: 'ambiguous', documents: [first, ...others] };
    return { kind: 'found', document: first };
  }

  /** Each document whose name another one had before it, with that one: names must be unique. */
  namesakes(): readonly { readonly document: Document; readonly first: Document }[] {
    return [...this.#byName.values()].flatMap(([first, ...others]) =>
      first === undefined ? [] : others.map((document) => ({ document, first })),
    );
  }
}
