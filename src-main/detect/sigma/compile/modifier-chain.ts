import type { YamlPath } from '../../../platform/yaml.ts';
import type { TextEncoding } from './encoding.ts';
import { RuleRejected, type DetectionItem } from '../document/rule.ts';

export type Comparison = 'eq' | 'lt' | 'lte' | 'gt' | 'gte';
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
export type Placement = 'contains' | 'startswith' | 'endswith';

/** What a value of an item is compared as. */
export type ValueKind = 'plain' | 're' | 'cidr' | 'exists' | 'fieldref' | 'number' | 'time';

/** The modifiers of one item, understood. Position matters only where `readChain` says so. */
export interface ModifierChain {
  readonly kind: ValueKind;
  readonly all: boolean;
  readonly negated: boolean;
  readonly cased: boolean;
  readonly expand: boolean;
  readonly windash: boolean;
  readonly encoding: TextEncoding | null;
  readonly base64: 'whole' | 'offset' | null;
  readonly placement: Placement | null;
  readonly comparison: Comparison;
  readonly timePart: TimePart | null;
  /** RE2 flags: any of i, m, s. */
  readonly regexFlags: string;
}

type Draft = { -readonly [Key in keyof ModifierChain]: ModifierChain[Key] };

const COMPARISONS: ReadonlySet<string> = new Set(['lt', 'lte', 'gt', 'gte']);
const TIME_PARTS: ReadonlySet<string> = new Set(['minute', 'hour', 'day', 'week', 'month', 'year']);
const PLACEMENTS: ReadonlySet<string> = new Set(['contains', 'startswith', 'endswith']);
const ENCODINGS: Readonly<Record<string, TextEncoding>> = {
  wide: 'utf16le',
  utf16le: 'utf16le',
  utf16be: 'utf16be',
  utf16: 'utf16',
};
const REGEX_FLAGS: Readonly<Record<string, string>> = {
  i: 'i',
  ignorecase: 'i',
  m: 'm',
  multiline: 'm',
  s: 's',
  dotall: 's',
};

/** Which other modifiers may stand beside each kind; `all` and `neq` may stand beside all but `exists`. */
const COMPANIONS: Readonly<Record<ValueKind, readonly string[]>> = {
  plain: ['cased', 'expand', 'windash', 'encoding', 'base64', 'placement'],
  re: ['placement', 'flags'],
  cidr: ['expand'],
  exists: [],
  fieldref: ['cased', 'placement'],
  number: ['comparison'],
  time: ['comparison'],
};

/**
 * Understands an item's modifiers (specification appendix "modifiers", 31 names, with pySigma's aliases).
 * Throws `RuleRejected` for a name that Sigma does not have and for a chain that contradicts itself.
 */
export function readChain(item: DetectionItem): ModifierChain {
  const draft = emptyDraft();
  const seen = new Set<string>();
  for (const name of item.modifiers) {
    if (seen.has(name)) throw contradiction(item.path, `"${name}" is given twice`);
    seen.add(name);
    applyName(draft, name, item.path);
  }
  checkCompanions(draft, item);
  return draft;
}

function emptyDraft(): Draft {
  return {
    kind: 'plain',
    all: false,
    negated: false,
    cased: false,
    expand: false,
    windash: false,
    encoding: null,
    base64: null,
    placement: null,
    comparison: 'eq',
    timePart: null,
    regexFlags: '',
  };
}

function applyName(draft: Draft, name: string, path: YamlPath): void {
  const encoding = ENCODINGS[name];
  const flag = REGEX_FLAGS[name];
  if (name === 'all') draft.all = true;
  else if (name === 'neq') draft.negated = true;
  else if (name === 'cased' || name === 'expand' || name === 'windash') draft[name] = true;
  else if (PLACEMENTS.has(name)) setPlacement(draft, name as Placement, path);
  else if (encoding !== undefined) setEncoding(draft, encoding, path);
  else if (name === 'base64' || name === 'base64offset') setBase64(draft, name, path);
  else if (flag !== undefined) setFlag(draft, flag, path);
  else if (COMPARISONS.has(name)) setComparison(draft, name as Comparison, path);
  else if (TIME_PARTS.has(name)) {
    setTimePart(draft, name as TimePart, path);
  } else if (name === 're' || name === 'cidr' || name === 'exists' || name === 'fieldref') {
    setKind(draft, name, path);
  } else {
    const hint = 'Check the spelling; a selection with an unknown modifier could only match wrongly.';
    throw new RuleRejected(path, `Sigma has no modifier "${name}".`, hint);
  }
}

function setKind(draft: Draft, kind: ValueKind, path: YamlPath): void {
  if (draft.kind !== 'plain') throw contradiction(path, `"${kind}" cannot be combined with "${draft.kind}"`);
  if (kind === 're' && draft.placement !== null) {
    throw contradiction(path, `"re" must come before "${draft.placement}"`);
  }
  draft.kind = kind;
}

function setPlacement(draft: Draft, name: Placement, path: YamlPath): void {
  if (draft.placement !== null) throw contradiction(path, `"${name}" contradicts "${draft.placement}"`);
  draft.placement = name;
}

function setEncoding(draft: Draft, encoding: TextEncoding, path: YamlPath): void {
  if (draft.encoding !== null) throw contradiction(path, 'a value can have only one encoding');
  if (draft.base64 !== null || draft.placement !== null) {
    throw contradiction(path, 'the encoding must come before base64 and before contains');
  }
  draft.encoding = encoding;
}

function setBase64(draft: Draft, name: string, path: YamlPath): void {
  if (draft.base64 !== null) throw contradiction(path, 'a value can be encoded with base64 only once');
  if (draft.placement !== null) {
    throw contradiction(path, `"${name}" must come before "${draft.placement}"`);
  }
  draft.base64 = name === 'base64' ? 'whole' : 'offset';
}

function setFlag(draft: Draft, flag: string, path: YamlPath): void {
  if (draft.kind !== 're') throw contradiction(path, `"${flag}" may only follow "re"`);
  if (!draft.regexFlags.includes(flag)) draft.regexFlags += flag;
}

function setComparison(draft: Draft, name: Comparison, path: YamlPath): void {
  if (draft.comparison !== 'eq') throw contradiction(path, `"${name}" contradicts "${draft.comparison}"`);
  draft.comparison = name;
  if (draft.kind !== 'time') setKind(draft, 'number', path);
}

function setTimePart(draft: Draft, part: TimePart, path: YamlPath): void {
  // "gte|hour" says the same as "hour|gte": the comparison came first and took the value for a plain number.
  if (draft.kind === 'number') draft.kind = 'plain';
  setKind(draft, 'time', path);
  draft.timePart = part;
}

function checkCompanions(draft: Draft, item: DetectionItem): void {
  const present: Readonly<Record<string, boolean>> = {
    cased: draft.cased,
    expand: draft.expand,
    windash: draft.windash,
    encoding: draft.encoding !== null,
    base64: draft.base64 !== null,
    placement: draft.placement !== null,
    comparison: draft.comparison !== 'eq',
    flags: draft.regexFlags !== '',
  };
  const allowed = COMPANIONS[draft.kind];
  const stray = Object.keys(present).find((name) => present[name] === true && !allowed.includes(name));
  if (stray !== undefined) {
    throw contradiction(item.path, `"${item.modifiers.join('|')}" combines what does not go together`);
  }
  if (draft.kind === 'exists' && (draft.all || draft.negated)) {
    throw contradiction(item.path, '"exists" stands alone; use true or false as its value');
  }
  if (draft.all && item.values.length === 1 && !draft.expand) {
    throw new RuleRejected(item.path, '"all" needs a list of at least two values.', 'Remove "all".');
  }
}

function contradiction(path: YamlPath, reason: string): RuleRejected {
  const sentence = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
  return new RuleRejected(path, sentence, 'Change the modifiers of this field.');
}
