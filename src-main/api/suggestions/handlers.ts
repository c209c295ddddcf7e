import { randomUUID } from 'node:crypto';
import type { suggestionRoutes } from '#shared/contract/suggestions.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { isoTime } from '#shared/wire/time.ts';
import { draftRule } from '../../query/suggestions/draft-rule.ts';
import {
  confirmedPatterns,
  draftMaterial,
  MIN_TRUE_POSITIVES,
  type ConfirmedPattern,
} from '../../query/suggestions/suggestions.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Handlers } from '../kit/handler.ts';
import { listWire, pageOf, pageRequest } from '../kit/lists.ts';
import { problemToWire } from '../kit/problem-wire.ts';
import { keepSuggestion, keptSuggestions, type KeptSuggestion } from './kept.ts';

type SuggestionDeps = Pick<ResourceDeps, 'reader' | 'writer' | 'commands' | 'clock'>;

interface Suggestion {
  readonly pattern: ConfirmedPattern;
  readonly kept: KeptSuggestion | undefined;
}

/** Rules that confirmed alerts suggest: listed, drafted without a model, discarded. */
export function suggestionHandlers(deps: SuggestionDeps): Handlers<keyof typeof suggestionRoutes> {
  const { reader, writer, commands, clock } = deps;
  return {
    listSuggestions: async ({ query }) => {
      const request = pageRequest(query);
      const page = pageOf(await openSuggestions(reader), request, ({ pattern }) => pattern.key);
      return listWire(page, request, suggestionToWire);
    },
    draftSuggestion: async ({ params }) => {
      const { pattern, kept } = await suggestion(reader, params.pattern_key);
      const { truePositives } = pattern;
      const known = kept?.state === 'draft' && kept.truePositives === truePositives ? kept : null;
      const draft = known ?? { yaml: await newDraft(deps, pattern), generatedTs: clock.now() };
      if (known === null) {
        const fresh = { state: 'draft', truePositives, ...draft } as const;
        await keepSuggestion(writer, pattern.key, { kept: fresh, nowMs: clock.now() });
      }
      const { problems } = await commands.rules.check(draft.yaml);
      return {
        pattern_key: pattern.key,
        yaml: draft.yaml,
        valid: problems.every(({ severity }) => severity === 'warning'),
        problems: problems.map(problemToWire),
        true_positives: truePositives,
        generated_at: isoTime(draft.generatedTs),
        cached: known !== null,
        model: null,
      };
    },
    discardSuggestion: async ({ params }) => {
      const { pattern } = await suggestion(reader, params.pattern_key);
      const kept = { state: 'discarded', truePositives: pattern.truePositives } as const;
      await keepSuggestion(writer, pattern.key, { kept, nowMs: clock.now() });
    },
  };
}

async function openSuggestions(reader: SuggestionDeps['reader']): Promise<readonly Suggestion[]> {
  const kept = await keptSuggestions(reader);
  return (await confirmedPatterns(reader))
    .map((pattern) => ({ pattern, kept: kept.get(pattern.key) }))
    .filter(
      ({ pattern, kept: one }) =>
        one?.state !== 'discarded' || pattern.truePositives >= one.truePositives + MIN_TRUE_POSITIVES,
    );
}

async function suggestion(reader: SuggestionDeps['reader'], key: string): Promise<Suggestion> {
  const found = (await openSuggestions(reader)).find(({ pattern }) => pattern.key === key);
  if (found === undefined) throw new AppError('not_found', { what: `The suggestion ${key}` });
  return found;
}

async function newDraft({ reader, clock }: SuggestionDeps, pattern: ConfirmedPattern): Promise<string> {
  const material = await draftMaterial(reader, pattern);
  if (material.items.length === 0 && material.phrases.length === 0) {
    const reason = 'The confirmed alerts have nothing in common that would set them apart from other events';
    throw new AppError('conflict', { reason });
  }
  return draftRule({ ...material, id: randomUUID(), date: isoTime(clock.now()).slice(0, 10) });
}

function suggestionToWire({ pattern, kept }: Suggestion) {
  const { attack, lastSeen } = pattern.newest;
  return {
    pattern_key: pattern.key,
    rule_kind: pattern.ruleKind,
    title: pattern.title,
    attack: attack === null ? null : { tactic: attack.tactic, technique: attack.technique },
    true_positives: pattern.truePositives,
    last_seen: isoTime(lastSeen),
    has_draft: kept?.state === 'draft',
  };
}
