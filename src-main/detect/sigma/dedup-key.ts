import type { Entity } from '#shared/model/entity.ts';
import type { LogEvent } from '#shared/model/event.ts';

/** Accounts that every host has: folding by them would put alerts of all hosts into one. */
const SHARED_ACCOUNT =
  /^(?:(?:nt authority|autorite nt|nt-autorität|font driver host|window manager)\\.*|system|local service|network service|anonymous logon|root|-|.*\$)$/i;

const LOCAL_ADDRESS = /^(?:127\.|0\.0\.0\.0$|::1?$|fe80:)/i;

/**
 * Key by which detections of one rule fold into one alert: `sigma:<rule id>:<value>` (document 004). The
 * value is the most telling thing that the event is about: a remote address, else a person's account, else
 * the host.
 */
export function dedupKeyOf(ruleId: string, event: LogEvent): string {
  return `sigma:${ruleId}:${tellingValue(event)}`;
}

function tellingValue({ entities, host }: LogEvent): string {
  const chosen =
    entities.find(isRemoteAddress) ??
    entities.find(({ type, value }) => type === 'user' && !SHARED_ACCOUNT.test(value)) ??
    entities.find(({ type }) => type === 'host');
  if (chosen !== undefined) return chosen.value;
  return host === '' ? 'unknown' : host;
}

function isRemoteAddress({ type, value }: Entity): boolean {
  return (type === 'ipv4' || type === 'ipv6') && !LOCAL_ADDRESS.test(value);
}
