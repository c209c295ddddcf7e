import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import type { Finding } from '../../document/rule.ts';
import { warning, type RuleCheck } from '../check.ts';

const TECHNIQUE = /^attack\.(t\d{4}(?:\.\d{3})?)$/i;
const TACTIC = /^attack\.([a-z]+(?:[-_][a-z]+)*)$/i;

/** Names of releases 18 and 19 are both right; older ones and misspelt ones are not. */
export const attackTags: RuleCheck = {
  id: 'attack-tags',
  summary: 'ATT&CK tags that name nothing current, or a technique of another tactic.',
  *check({ rule: { tags } }, { attack }) {
    if (attack === null) return;
    const named = tacticsOf(tags, attack);
    for (const [index, tag] of tags.entries()) {
      yield* underscored(tag, index, attack);
      yield* technique(tag, index, { attack, named });
    }
  },
};

/** Tactics that the tags name, in the names of both releases. */
function tacticsOf(tags: readonly string[], attack: AttackCatalogue): ReadonlySet<string> {
  const names = tags.flatMap((tag) => TACTIC.exec(tag)?.[1]?.toLowerCase().replaceAll('_', '-') ?? []);
  const known = names.filter((name) => attack.tacticOrder(name) >= 0);
  return new Set(known.flatMap((name) => [name, attack.toV18(name)]));
}

function* underscored(tag: string, index: number, attack: AttackCatalogue): Generator<Finding> {
  const name = TACTIC.exec(tag)?.[1]?.toLowerCase();
  if (name?.includes('_') !== true) return;
  const dashed = name.replaceAll('_', '-');
  if (attack.tacticOrder(dashed) < 0) return;
  const hint = `Write "attack.${dashed}".`;
  yield warning(['tags', index], 'Tactics are written with dashes since Sigma 2.', hint);
}

function* technique(
  tag: string,
  index: number,
  { attack, named }: { readonly attack: AttackCatalogue; readonly named: ReadonlySet<string> },
): Generator<Finding> {
  const id = TECHNIQUE.exec(tag)?.[1]?.toUpperCase();
  if (id === undefined) return;
  const path = ['tags', index];
  const found = attack.technique(id);
  if (found === undefined) {
    yield warning(path, `ATT&CK has no technique ${id}.`, 'Check the number.');
    return;
  }
  if (found.id !== id) {
    yield warning(
      path,
      `ATT&CK replaced ${id} by ${found.id} (${found.name}).`,
      `Write "attack.${found.id.toLowerCase()}".`,
    );
    return;
  }
  const own = [...found.tactics, ...found.tacticsV18];
  if (named.size === 0 || own.some((name) => named.has(name))) return;
  const hint = `Add attack.${own[0] ?? ''}, or name another technique.`;
  yield warning(
    path,
    `${found.id} (${found.name}) belongs to none of the tactics that the rule names.`,
    hint,
  );
}
