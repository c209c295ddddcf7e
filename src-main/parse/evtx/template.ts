import type { Chunk } from './chunk.ts';
import { parseFragment } from './fragment-parser.ts';
import { DEFINITION_HEADER_BYTES } from './instance.ts';
import { MAX_CHUNK_TEMPLATE_BYTES } from './layout.ts';
import { compilePlan, type Context, type Plan } from './plan.ts';
import type { ValueReader } from './values.ts';
import type { XmlNode } from './xml-tree.ts';

/** A template of a chunk: its tree, and the plans compiled from it, one for each place it was used in. */
class Template {
  /** First four bytes of its GUID. */
  readonly id: number;
  /** Size of the definition in bytes: what compiling it may cost. */
  readonly sizeBytes: number;
  readonly #nodes: readonly XmlNode[];
  readonly #plans = new Map<Context, Plan>();

  constructor(nodes: readonly XmlNode[], id: number, sizeBytes: number) {
    this.id = id;
    this.#nodes = nodes;
    this.sizeBytes = sizeBytes;
  }

  /** The plan for `context` if it was compiled before. */
  knownPlan(context: Context): Plan | undefined {
    return this.#plans.get(context);
  }

  compile(context: Context): Plan {
    const plan = compilePlan(this.#nodes, context);
    this.#plans.set(context, plan);
    return plan;
  }
}

/**
 * The templates of the chunk that is being read. They are given by offset from the chunk's start, and names in them
 * too, so the same template has other bytes in every chunk. Reading and compiling them anew for each chunk costs 7 %
 * of the time on full files: too little to recognise a template across chunks, which could be fooled.
 */
export class Templates {
  readonly #values: ValueReader;
  #chunk: Chunk | null = null;
  #byOffset = new Map<number, Template | null>();
  #bytesRead = 0;

  constructor(values: ValueReader) {
    this.#values = values;
  }

  /** The template defined at `offset` of `chunk`; null where there is none. Read once, good or bad. */
  at(chunk: Chunk, offset: number): Template | null {
    if (chunk !== this.#chunk) {
      this.#chunk = chunk;
      this.#byOffset = new Map();
      this.#bytesRead = 0;
    }
    let template = this.#byOffset.get(offset);
    if (template === undefined) {
      template = this.#read(chunk, offset);
      this.#byOffset.set(offset, template);
    }
    return template;
  }

  #read(chunk: Chunk, offset: number): Template | null {
    const start = offset + DEFINITION_HEADER_BYTES;
    if (start > chunk.bytes.length) return null;
    const sizeBytes = chunk.view.getUint32(start - 4, true);
    const end = start + sizeBytes;
    if (end > chunk.bytes.length || this.#bytesRead > MAX_CHUNK_TEMPLATE_BYTES) return null;
    this.#bytesRead += sizeBytes;
    const nodes = parseFragment(chunk, this.#values, { start, end, dependencyIds: true });
    if (nodes === null || nodes.length === 0) return null;
    return new Template(nodes, chunk.view.getUint32(offset + 4, true), sizeBytes);
  }
}
