import type { Chunk } from './chunk.ts';
import { skipInstance } from './instance.ts';
import { MAX_DEPTH } from './layout.ts';
import { MORE_FLAG, TOKEN, TOKEN_MASK, VALUE } from './tokens.ts';
import { fixedSize, type ValueReader } from './values.ts';
import type { XmlAttribute, XmlElement, XmlNode } from './xml-tree.ts';

/** Entities of XML 1.0; BinXML names them instead of writing the character. */
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Where a fragment lies, and whether its elements carry a dependency id (they do in template definitions only). */
export interface FragmentRange {
  readonly start: number;
  readonly end: number;
  readonly dependencyIds: boolean;
}

/**
 * Reads BinXML tokens into a tree. Each token takes at least a byte and the stack is capped, so the work is bounded
 * by the size of the fragment. Returns null where the bytes are no BinXML.
 */
export function parseFragment(chunk: Chunk, values: ValueReader, range: FragmentRange): XmlNode[] | null {
  return new FragmentParser(chunk, values, range).parse();
}

class FragmentParser {
  readonly #chunk: Chunk;
  readonly #values: ValueReader;
  readonly #end: number;
  #dependencyIds: boolean;
  #dependencyIdsKnown = false;
  #at: number;
  readonly #root: XmlNode[] = [];
  readonly #open: XmlElement[] = [];
  /** Where values and substitutions go: the root, an element's children, or an attribute's value. */
  #into: XmlNode[] = this.#root;
  /** Between an element's open token and its close of the start tag. */
  #inStartTag = false;

  constructor(chunk: Chunk, values: ValueReader, range: FragmentRange) {
    this.#chunk = chunk;
    this.#values = values;
    this.#at = range.start;
    this.#end = Math.min(range.end, chunk.bytes.length);
    this.#dependencyIds = range.dependencyIds;
  }

  parse(): XmlNode[] | null {
    while (this.#at < this.#end) {
      const token = this.#chunk.view.getUint8(this.#at);
      if (token === TOKEN.endOfFragment) break;
      if (!this.#readToken(token & TOKEN_MASK, (token & MORE_FLAG) !== 0)) return null;
    }
    return this.#open.length === 0 ? this.#root : null;
  }

  #readToken(token: number, more: boolean): boolean {
    switch (token) {
      case TOKEN.fragmentHeader:
        return this.#skip(4);
      case TOKEN.openElement:
        return this.#openElement(more);
      case TOKEN.attribute:
        return this.#attribute();
      case TOKEN.closeStart:
        return this.#closeStart();
      case TOKEN.closeEmpty:
        return this.#inStartTag && this.#closeStart() && this.#closeElement();
      case TOKEN.endElement:
        return this.#skip(1) && this.#closeElement();
      case TOKEN.value:
        return this.#value();
      case TOKEN.normalSubstitution:
      case TOKEN.optionalSubstitution:
        return this.#substitution();
      case TOKEN.templateInstance:
        return this.#instance();
      default:
        return this.#readText(token);
    }
  }

  #readText(token: number): boolean {
    switch (token) {
      case TOKEN.cdata:
        return this.#countedText(1, true);
      case TOKEN.charRef:
        return this.#charRef();
      case TOKEN.entityRef:
        return this.#entityRef();
      case TOKEN.piTarget:
        return this.#skip(1) && this.#readName() !== null;
      case TOKEN.piData:
        // Instructions to a processor of the XML hold nothing about the event.
        return this.#countedText(1, false);
      default:
        return false;
    }
  }

  #skip(bytes: number): boolean {
    this.#at += bytes;
    return this.#at <= this.#end;
  }

  #openElement(hasAttributes: boolean): boolean {
    if (this.#open.length >= MAX_DEPTH || this.#inStartTag) return false;
    this.#settleDependencyIds();
    // Token, dependency id where there is one, size of the element. Its end is known by its tokens.
    if (!this.#skip(this.#dependencyIds ? 7 : 5)) return false;
    const name = this.#readName();
    if (name === null) return false;
    if (hasAttributes && !this.#skip(4)) return false;
    const element: XmlElement = { kind: 'element', name, attributes: [], children: [] };
    this.#into.push(element);
    this.#open.push(element);
    this.#into = element.children;
    this.#inStartTag = true;
    return true;
  }

  /** Forwarded and re-written records do not all follow the rule on dependency ids: the first element decides. */
  #settleDependencyIds(): void {
    if (this.#dependencyIdsKnown) return;
    this.#dependencyIdsKnown = true;
    if (!this.#nameFits(this.#dependencyIds) && this.#nameFits(!this.#dependencyIds)) {
      this.#dependencyIds = !this.#dependencyIds;
    }
  }

  #nameFits(dependencyIds: boolean): boolean {
    const at = this.#at + (dependencyIds ? 7 : 5);
    if (at + 4 > this.#end) return false;
    const offset = this.#chunk.view.getUint32(at, true);
    return offset <= at + 4 && this.#chunk.nameBytes(offset) > 0;
  }

  /** Name by offset from the chunk's start; where the offset is here, the name itself follows. */
  #readName(): string | null {
    if (this.#at + 4 > this.#end) return null;
    const offset = this.#chunk.view.getUint32(this.#at, true);
    this.#at += 4;
    const name = this.#chunk.name(offset);
    if (name !== null && offset === this.#at) this.#at += this.#chunk.nameBytes(offset);
    return this.#at <= this.#end ? name : null;
  }

  #attribute(): boolean {
    const element = this.#open.at(-1);
    if (!this.#inStartTag || element === undefined || !this.#skip(1)) return false;
    const name = this.#readName();
    if (name === null) return false;
    const attribute: XmlAttribute = { name, value: [] };
    element.attributes.push(attribute);
    this.#into = attribute.value;
    return true;
  }

  #closeStart(): boolean {
    const element = this.#open.at(-1);
    if (!this.#inStartTag || element === undefined) return false;
    this.#inStartTag = false;
    this.#into = element.children;
    return this.#skip(1);
  }

  #closeElement(): boolean {
    if (this.#inStartTag || this.#open.pop() === undefined) return false;
    this.#into = this.#open.at(-1)?.children ?? this.#root;
    return true;
  }

  #value(): boolean {
    if (this.#at + 2 > this.#end) return false;
    const type = this.#chunk.view.getUint8(this.#at + 1);
    if (type === VALUE.string) return this.#countedText(2, true);
    const size = fixedSize(type);
    const start = this.#at + 2;
    if (size === 0 || !this.#skip(2 + size)) return false;
    const value = this.#values.read(this.#chunk, type, start, size);
    return this.#pushText(typeof value === 'object' ? '' : String(value));
  }

  #countedText(header: number, keep: boolean): boolean {
    const start = this.#at + header + 2;
    if (start > this.#end) return false;
    const units = this.#chunk.view.getUint16(start - 2, true);
    this.#at = start;
    if (!this.#skip(2 * units)) return false;
    return !keep || this.#pushText(this.#values.text.read(this.#chunk.bytes, start, units));
  }

  #charRef(): boolean {
    if (this.#at + 3 > this.#end) return false;
    const text = String.fromCharCode(this.#chunk.view.getUint16(this.#at + 1, true));
    return this.#skip(3) && this.#pushText(text);
  }

  #entityRef(): boolean {
    if (!this.#skip(1)) return false;
    const name = this.#readName();
    return name !== null && this.#pushText(ENTITIES[name] ?? `&${name};`);
  }

  #pushText(text: string): boolean {
    this.#into.push({ kind: 'text', text });
    return true;
  }

  #substitution(): boolean {
    if (this.#at + 4 > this.#end) return false;
    this.#into.push({ kind: 'substitution', index: this.#chunk.view.getUint16(this.#at + 1, true) });
    return this.#skip(4);
  }

  #instance(): boolean {
    const end = skipInstance(this.#chunk, this.#at, this.#end);
    if (end === 0) return false;
    this.#into.push({ kind: 'instance', position: this.#at });
    this.#at = end;
    return true;
  }
}
