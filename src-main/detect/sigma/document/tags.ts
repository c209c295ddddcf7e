import { isUnknownAttackTag } from './attack-tags.ts';
import type { Attributes } from './attributes.ts';

/** Schema, "tags": namespace, dot, name. */
const TAG = /^[a-z0-9_-]+\.[a-z0-9._-]+$/;

/** What the names of the standard namespaces look like (specification, appendix "tags"). */
const NAMESPACES: Readonly<Record<string, { readonly form: RegExp; readonly example: string }>> = {
  car: { form: /^\d{4}-\d{2}-\d{3}$/, example: 'car.2016-04-005' },
  cve: { form: /^\d{4}[.-]\d{4,}$/, example: 'cve.2021-44228' },
  d3fend: {
    form: /^(?:model|harden|detect|isolate|deceive|evict|d3-[a-z0-9]+|d3f-[a-z0-9-]+)$/i,
    example: 'd3fend.d3-am',
  },
  detection: {
    form: /^(?:dfir|emerging[-_]threats|threat[-_]hunting)$/,
    example: 'detection.threat-hunting',
  },
  stp: { form: /^[1-5][auk]?$/, example: 'stp.3k' },
  tlp: { form: /^(?:red|amber|amber-strict|green|clear)$/, example: 'tlp.amber' },
};

/** The tags of a document. Namespaces of one's own are free; in the standard ones a wrong name is a warning. */
export function parseTags(attributes: Attributes): readonly string[] {
  const tags = attributes.texts('tags');
  for (const [index, tag] of tags.entries()) {
    const path = ['tags', index];
    const [namespace = '', ...rest] = tag.toLowerCase().split('.');
    const known = Object.hasOwn(NAMESPACES, namespace) ? NAMESPACES[namespace] : undefined;
    if (isUnknownAttackTag(tag)) {
      const hint = 'Name a tactic with dashes (attack.lateral-movement) or a technique (attack.t1021.002).';
      attributes.warn(path, `ATT&CK has no "${tag}".`, hint);
    } else if (known !== undefined && !known.form.test(rest.join('.'))) {
      attributes.warn(path, `"${tag}" is not a tag of "${namespace}".`, `One is ${known.example}.`);
    } else if (known === undefined && !TAG.test(tag) && !TAG.test(tag.toLowerCase())) {
      attributes.warn(path, `"${tag}" has not the form of a tag.`, 'Write it as namespace.name.');
    }
  }
  return tags;
}
