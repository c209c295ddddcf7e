import type { FieldValue, Fields, LogSource } from '#shared/model/event.ts';
import {
  LINUX_SYSMON_CHANNEL,
  LINUX_SYSMON_PROVIDER,
  RPC_FIREWALL_CHANNEL,
  SYSMON_REGISTRY_KEY_EVENTS,
  WINDOWS_CATEGORIES,
  WINDOWS_CHANNELS,
  WINDOWS_PROVIDER_CATEGORIES,
  WINDOWS_PROVIDER_CHANNELS,
} from './windows-table.ts';

/** What one channel can hold: every logsource is built once, so an event costs two look-ups and no object. */
interface ChannelEntry {
  readonly plain: LogSource;
  readonly byEventId: ReadonlyMap<number, LogSource>;
}

const REGISTRY_KEY_EVENT_ID = 12;

function logSource(product: string, service: string | null, category: string | null): LogSource {
  return Object.freeze({ category, product, service });
}

function entryOf(product: string, service: string): ChannelEntry {
  const categories = Object.entries(WINDOWS_CATEGORIES[service] ?? {});
  return {
    plain: logSource(product, service, null),
    byEventId: new Map(
      categories.map(([id, category]) => [Number(id), logSource(product, service, category)]),
    ),
  };
}

const CHANNELS = new Map<string, ChannelEntry>();
for (const [service, channels] of Object.entries(WINDOWS_CHANNELS)) {
  const entry = entryOf('windows', service);
  for (const channel of channels) {
    CHANNELS.set(channel, entry);
    CHANNELS.set(channel.toLowerCase(), entry);
  }
}
CHANNELS.set(LINUX_SYSMON_CHANNEL, entryOf('linux', 'sysmon'));
for (const channel of [RPC_FIREWALL_CHANNEL, RPC_FIREWALL_CHANNEL.toLowerCase()]) {
  const plain = logSource('rpc_firewall', null, 'application');
  CHANNELS.set(channel, { plain, byEventId: new Map() });
}

/** Channels outside the table that were met; a hostile log could name any number of them. */
const MAX_LEARNT_CHANNELS = 1_000;
const LEARNT = new Map<string, ChannelEntry>();
const NO_EVENT_IDS: ReadonlyMap<number, LogSource> = new Map();

/**
 * A channel that the table does not list has the service that its name spells, as SigmaHQ names services:
 * `Microsoft-Windows-VHDMP-Operational` and `Microsoft-Windows-VHDMP/Operational` are `vhdmp`.
 */
function learntChannel(channel: string): ChannelEntry {
  const known = LEARNT.get(channel);
  if (known !== undefined) return known;
  const service = channel
    .toLowerCase()
    .replace(/^microsoft-windows-/, '')
    .replace(/[-/](operational|admin|analytic|debug)$/, '');
  const entry = { plain: logSource('windows', service, null), byEventId: NO_EVENT_IDS };
  if (LEARNT.size < MAX_LEARNT_CHANNELS) LEARNT.set(channel, entry);
  return entry;
}

/** Registry sources by product, then EventType. */
const REGISTRY_KEY_SOURCES = new Map(
  Object.entries(SYSMON_REGISTRY_KEY_EVENTS).map(([type, category]) => [
    type,
    logSource('windows', 'sysmon', category),
  ]),
);

const PROVIDER_SOURCES = new Map(
  Object.entries(WINDOWS_PROVIDER_CATEGORIES).map(([provider, categories]) => [
    provider,
    new Map(
      Object.entries(categories).map(([id, category]) => [Number(id), logSource('windows', null, category)]),
    ),
  ]),
);

/** Event ids come as numbers from EVTX and as text from some shippers. */
function toEventId(value: FieldValue | undefined): number {
  return typeof value === 'number' ? value : Number(value);
}

function channelOf(channel: FieldValue | undefined, provider: FieldValue | undefined): string | null {
  if (typeof channel === 'string' && channel !== '') return channel;
  if (typeof provider !== 'string') return null;
  if (provider === LINUX_SYSMON_PROVIDER) return LINUX_SYSMON_CHANNEL;
  return WINDOWS_PROVIDER_CHANNELS[provider] ?? (provider.startsWith('Microsoft-Windows-') ? provider : null);
}

/**
 * Logsource of a Windows event log record (or of Sysmon for Linux, which writes the same shape) from Channel,
 * Provider_Name, EventID and, for Sysmon 12, EventType. Null when the record names neither channel nor provider.
 */
export function windowsLogSource(fields: Fields): LogSource | null {
  const channel = channelOf(fields.Channel, fields.Provider_Name);
  if (channel === null) return null;
  const entry = CHANNELS.get(channel) ?? CHANNELS.get(channel.toLowerCase()) ?? learntChannel(channel);
  const eventId = toEventId(fields.EventID);
  const found = entry.byEventId.get(eventId);
  if (found !== undefined) {
    if (eventId !== REGISTRY_KEY_EVENT_ID || found.service !== 'sysmon') return found;
    const type = fields.EventType;
    return (typeof type === 'string' ? REGISTRY_KEY_SOURCES.get(type) : undefined) ?? found;
  }
  if (entry.byEventId === NO_EVENT_IDS && typeof fields.Provider_Name === 'string') {
    return PROVIDER_SOURCES.get(fields.Provider_Name)?.get(eventId) ?? entry.plain;
  }
  return entry.plain;
}
