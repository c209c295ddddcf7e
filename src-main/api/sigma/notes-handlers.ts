import { z } from 'zod';
import type { ruleNotesRoutes } from '#shared/contract/rule-notes.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { isoTimeOrNull } from '#shared/wire/time.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Handlers } from '../kit/handler.ts';

/** What is kept under the rule's id. */
const keptNotes = z.object({ text: z.string(), author: z.string() });

type NotesDeps = Pick<ResourceDeps, 'reader' | 'writer' | 'commands' | 'clock'>;

/** Notes of the team beside a rule. */
export function ruleNotesHandlers(deps: NotesDeps): Handlers<keyof typeof ruleNotesRoutes> {
  const { reader, writer, commands, clock } = deps;
  const existing = (id: string): string => {
    if (commands.rules.get(id) === null) throw new AppError('not_found', { what: `The rule ${id}` });
    return id;
  };
  return {
    getRuleNotes: async ({ params }) => {
      const id = existing(params.rule_id);
      const record = (await reader.records('rule_notes')).find(({ name }) => name === id);
      if (record === undefined) return toWire('', null, null);
      const { text, author } = keptNotes.parse(JSON.parse(record.body));
      return toWire(text, author, record.updatedTs);
    },
    putRuleNotes: async ({ params, body, caller }) => {
      const name = existing(params.rule_id);
      if (body.text.trim() === '') {
        await writer.deleteRecord('rule_notes', name);
        return toWire('', null, null);
      }
      const updatedTs = clock.now();
      const notes = { text: body.text, author: caller.name };
      await writer.saveRecord({ kind: 'rule_notes', name, body: JSON.stringify(notes), updatedTs });
      return toWire(body.text, caller.name, updatedTs);
    },
  };
}

function toWire(text: string, author: string | null, updatedTs: number | null) {
  return { text, author, updated_at: isoTimeOrNull(updatedTs) };
}
