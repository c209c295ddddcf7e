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

/** Generic `antivirus` names for Defender's, beside the names without spaces that SigmaHQ's rules use. */
const DEFENDER_NAMES: ReadonlyMap<string, string> = new Map([
  ['Threat Name', 'Signature'],
  ['Path', 'Filename'],
  ['Feature Name', 'Feature_Name'],
]);

/** Defender names its data with spaces ("Threat Name"); the taxonomy strips them. Null when none has one. */
export function mapDefender(fields: Fields): Fields | null {
  let mapped: Record<string, FieldValue> | null = null;
  for (const name in fields) {
    const alias = DEFENDER_NAMES.get(name);
    const spaced = name.includes(' ');
    if (alias === undefined && !spaced) continue;
    // Names come from the record: no prototype that one of them could reach.
    mapped ??= Object.create(null) as Record<string, FieldValue>;
    if (alias !== undefined) set(mapped, alias, fields[name]);
    if (spaced) set(mapped, name.replaceAll(' ', ''), fields[name]);
  }
  return mapped;
}

function set(mapped: Record<string, FieldValue>, name: string, value: FieldValue | undefined): void {
  if (value !== undefined) mapped[name] = value;
}
