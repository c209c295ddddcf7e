import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readdirSync } from 'node:fs';
import type { LogEvent } from '#shared/model/event.ts';
import { dataFiles, eventsIn, jsonMembers } from './corpus.ts';
import { unpack } from './kit.ts';

/** Events of one kind, as a site that sends mostly these would see them. */
export interface Mix {
  readonly name: string;
  readonly events: readonly LogEvent[];
}

/** Fewer events than this are repeated, so that one pass takes longer than the clock's noise. */
const MIN_EVENTS = 20_000;

/** The mixes of the test data. @param otrf events of the OTRF recordings */
export async function mixes(otrf: readonly LogEvent[]): Promise<readonly Mix[]> {
  const evtx = windowsChannels();
  const processes = [...otrf, ...evtx].filter(({ logsource }) => logsource.category === 'process_creation');
  return [
    { name: 'process creation', events: repeated(processes) },
    { name: 'raw Windows, all channels', events: repeated(evtx) },
    { name: 'syslog', events: repeated(syslog()) },
    { name: 'CloudTrail', events: repeated(await cloudTrail()) },
    { name: 'Zeek', events: repeated(zeek()) },
  ];
}

/** Attack samples: 295 EVTX files. */
function windowsChannels(): readonly LogEvent[] {
  return filesBelow(unpack('evtx/attack-evtx.tar.gz'), '.evtx').flatMap(fileEvents);
}

function syslog(): readonly LogEvent[] {
  return dataFiles('loghub', '.log')
    .flatMap(fileEvents)
    .filter(({ source }) => source === 'syslog' || source === 'file');
}

async function cloudTrail(): Promise<readonly LogEvent[]> {
  const stratus = filesBelow(unpack('cloudtrail/invictus-stratus.tar.gz'), '.json').flatMap(fileEvents);
  const zips = dataFiles('cloudtrail', '.zip').map((file) => jsonMembers(readFileSync(file)));
  const recorded = (await Promise.all(zips)).flat().flatMap(eventsIn);
  return [...stratus, ...recorded].filter(({ logsource }) => logsource.service === 'cloudtrail');
}

function zeek(): readonly LogEvent[] {
  return dataFiles('zeek', '.json.gz').flatMap((file) => eventsIn(gunzipSync(readFileSync(file))));
}

function fileEvents(file: string): readonly LogEvent[] {
  return eventsIn(readFileSync(file));
}

function filesBelow(folder: string, ending: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}

function repeated(events: readonly LogEvent[]): readonly LogEvent[] {
  const rounds = events.length === 0 ? 0 : Math.ceil(MIN_EVENTS / events.length);
  return Array.from({ length: rounds }, () => events).flat();
}
