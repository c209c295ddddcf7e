import type { ShapedEvent } from '../windows-event.ts';
import { cloudEvent } from './cloud.ts';
import { evtxDumpEvent } from './evtx-dump.ts';
import { genericEvent } from './generic.ts';
import type { JsonObject } from './json-text.ts';
import { linuxEvent } from './linux.ts';
import { windowsFlatEvent } from './windows-flat.ts';
import { winlogbeatEvent } from './winlogbeat.ts';
import { zeekEvent } from './zeek.ts';

/** Shapes in the order in which they are tried; each takes only what is certainly its own. */
const SHAPES: readonly ((record: JsonObject) => ShapedEvent | null)[] = [
  windowsFlatEvent,
  evtxDumpEvent,
  winlogbeatEvent,
  zeekEvent,
  linuxEvent,
  cloudEvent,
];

/** The event of a JSON record: by the first shape that knows it, else by the usual names of its members. */
export function shapedEvent(record: JsonObject): ShapedEvent {
  for (const shape of SHAPES) {
    const event = shape(record);
    if (event !== null) return event;
  }
  return genericEvent(record);
}
