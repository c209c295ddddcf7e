import type { Chunk } from './chunk.ts';
import { parseFragment } from './fragment-parser.ts';
import { DEFINITION_HEADER_BYTES } from './instance.ts';
import { compilePlan, type Context, type Plan } from './plan.ts';
import type { ValueReader } from './values.ts';
import type { XmlNode } from './xml-tree.ts';

/** A template of a chunk: its tree, and the plans compiled from it, one for each place it was used in. */
export class Template {
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

/** The template defined at `offset` of the chunk; null where there is none. Read once, good or bad. */
export function templateAt(chunk: Chunk, values: ValueReader, offset: number): Template | null {
  let template = chunk.templates.get(offset);
  if (template === undefined) {
    template = readTemplate(chunk, values, offset);
    chunk.templates.set(offset, template);
  }
  return template;
}

function readTemplate(chunk: Chunk, values: ValueReader, offset: number): Template | null {
  const start = offset + DEFINITION_HEADER_BYTES;
  if (start > chunk.bytes.length) return null;
  const end = start + chunk.view.getUint32(start - 4, true);
  if (end > chunk.bytes.length || !chunk.spendOnTemplates(end - start)) return null;
  const nodes = parseFragment(chunk, values, { start, end, dependencyIds: true });
  return nodes === null || nodes.length === 0
    ? null
    : new Template(nodes, chunk.view.getUint32(offset + 4, true), end - start);
}
