import type { FieldValue, Fields } from '#shared/model/event.ts';
import { textOf } from '../kit/members.ts';

/** Mandatory label SIDs ("Mandatory integrity control", Windows security documentation) to Sysmon's words. */
const INTEGRITY_LEVELS: ReadonlyMap<string, string> = new Map([
  ['S-1-16-0', 'Untrusted'],
  ['S-1-16-4096', 'Low'],
  ['S-1-16-8192', 'Medium'],
  ['S-1-16-8448', 'MediumPlus'],
  ['S-1-16-12288', 'High'],
  ['S-1-16-16384', 'System'],
  ['S-1-16-20480', 'ProtectedProcess'],
]);

/** Security writes process ids as hex text where Sysmon writes decimal numbers. */
function decimalId(value: FieldValue | undefined): FieldValue | undefined {
  if (typeof value !== 'string' || !value.startsWith('0x')) return value;
  const id = Number(value);
  return Number.isSafeInteger(id) ? id : value;
}

function account(domain: FieldValue | undefined, user: FieldValue | undefined): string | null {
  const name = textOf(user);
  if (name === null || name === '-') return null;
  const realm = textOf(domain);
  return realm === null || realm === '-' ? name : `${realm}\\${name}`;
}

/**
 * Security 4688 under the names of Sysmon 1. The process runs as the target account where the event names one
 * (version 2 of the event, a process started for somebody else), as its creator otherwise. `ProcessId` changes
 * its meaning: in 4688 it is the creator's, in the taxonomy the new process's.
 */
export function mapSecurityProcess(fields: Fields): Fields {
  const mapped: Record<string, FieldValue> = {};
  set(mapped, 'Image', fields.NewProcessName);
  set(mapped, 'ParentImage', fields.ParentProcessName);
  set(
    mapped,
    'User',
    account(fields.TargetDomainName, fields.TargetUserName) ??
      account(fields.SubjectDomainName, fields.SubjectUserName) ??
      undefined,
  );
  const label = fields.MandatoryLabel;
  if (typeof label === 'string') set(mapped, 'IntegrityLevel', INTEGRITY_LEVELS.get(label));
  set(mapped, 'LogonId', fields.SubjectLogonId);
  if (fields.NewProcessId !== undefined) {
    set(mapped, 'ParentProcessId', decimalId(fields.ProcessId));
    set(mapped, 'ProcessId', decimalId(fields.NewProcessId));
  }
  return mapped;
}

/** "System audit policy was changed". */
export const AUDIT_POLICY_CHANGED = 4719;

/**
 * Windows writes GUIDs in braces, and rules on audit policy quote them so; EVTX stores them as numbers, which are
 * read without. Null when the braces are there.
 */
export function mapAuditPolicyChange(fields: Fields): Fields | null {
  const guid = fields.SubcategoryGuid;
  return typeof guid !== 'string' || guid.startsWith('{') ? null : { SubcategoryGuid: `{${guid}}` };
}

/** Generic `antivirus` names, and one odd name of a public rule, for Defender's own names. */
export const DEFENDER_NAMES: readonly (readonly [own: string, name: string])[] = [
  ['Threat Name', 'Signature'],
  ['ThreatName', 'Signature'],
  ['Threat Name', 'ThreatName'],
  ['Path', 'Filename'],
  ['Feature Name', 'Feature_Name'],
  ['FeatureName', 'Feature_Name'],
  ['Process Name', 'ProcessName'],
  ['New Value', 'NewValue'],
  ['Old Value', 'OldValue'],
];

/**
 * Defender names its data with spaces ("Threat Name"), which the taxonomy strips. Formats usually store both;
 * for records that came another way the names that rules use are added here. Null when nothing is missing.
 */
export function mapDefender(fields: Fields): Fields | null {
  let mapped: Record<string, FieldValue> | null = null;
  for (const [own, name] of DEFENDER_NAMES) {
    const value = fields[own];
    if (value !== undefined && fields[name] === undefined) (mapped ??= {})[name] = value;
  }
  return mapped;
}

/** RPC Firewall's rules call the channel `EventLog`. */
export function mapRpcFirewall(fields: Fields): Fields | null {
  return fields.EventLog === undefined && fields.Channel !== undefined ? { EventLog: fields.Channel } : null;
}

function set(mapped: Record<string, FieldValue>, name: string, value: FieldValue | undefined): void {
  if (value !== undefined) mapped[name] = value;
}
