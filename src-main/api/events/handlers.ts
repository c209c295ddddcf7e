import type { eventRoutes } from '#shared/contract/events.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { eventToWire } from '#shared/wire/event.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { ResourceDeps } from '../deps.ts';
import { eventFilter } from '../kit/filters.ts';
import type { Handlers } from '../kit/handler.ts';
import { listWire, pageRequest } from '../kit/lists.ts';
import { eventHistogram } from './histogram.ts';
import { eventDetailToWire, MAX_RAW_BYTES } from './wire.ts';

type EventDeps = Pick<ResourceDeps, 'reader' | 'commands' | 'clock'>;

/** Events: pages, histogram, frequent values, one with its bytes, what surrounds it. */
export function eventHandlers(deps: EventDeps): Handlers<keyof typeof eventRoutes> {
  const { reader, clock } = deps;
  return {
    listEvents: async ({ query }) => {
      const request = pageRequest(query);
      const page = await reader.pageEvents(eventFilter(query, clock.now()), request, query.order);
      return listWire(page, request, eventToWire);
    },
    eventHistogram: ({ query }) => eventHistogram(reader, eventFilter(query, clock.now()), query.buckets),
    eventValues: async ({ query }) => {
      const filter = eventFilter(query, clock.now());
      const { sampled, values } = await reader.topValues(filter, query.field, query.limit);
      return { field: query.field, sampled, values: [...values] };
    },
    getEvent: async ({ params }) => {
      const event = await existingEvent(reader, params.event_id);
      return eventDetailToWire(event, await rawBytes(deps, event));
    },
    eventContext: async ({ params, query }) => {
      await existingEvent(reader, params.event_id);
      const { before, after } = await reader.eventContext(params.event_id, query.count);
      return { before: before.map(eventToWire), after: after.map(eventToWire) };
    },
  };
}

async function existingEvent(reader: StoreReader, id: string): Promise<LogEvent> {
  const event = await reader.getEvent(id);
  if (event === null) throw new AppError('not_found', { what: `The event ${id}` });
  return event;
}

/** Live events carry their bytes, imported ones point to them; null when the evidence cannot be read any more. */
async function rawBytes({ commands }: EventDeps, event: LogEvent): Promise<Uint8Array | null> {
  if (event.raw !== null || event.evidence === null) return event.raw;
  return commands.evidence.read(event.evidence, MAX_RAW_BYTES);
}
