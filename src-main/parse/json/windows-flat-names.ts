/**
 * Sigma name of what flat shippers (NXLog, OTRF's Mordor, Sentinel's WindowsEvent and SecurityEvent tables) call by
 * another. A name that is EventData as well (ProcessID, UserID of some events) is only taken where nothing else is.
 */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['EventID', 'EventID'],
  ['EventId', 'EventID'],
  ['SourceName', 'Provider_Name'],
  ['ProviderName', 'Provider_Name'],
  ['Provider', 'Provider_Name'],
  ['EventSourceName', 'Provider_Name'],
  ['ProviderGuid', 'Provider_Guid'],
  ['Hostname', 'Computer'],
  ['HostName', 'Computer'],
  ['ComputerName', 'Computer'],
  ['MachineName', 'Computer'],
  ['RecordNumber', 'EventRecordID'],
  ['RecordID', 'EventRecordID'],
  ['EventLevel', 'Level'],
  ['OpcodeValue', 'Opcode'],
  ['ExecutionProcessID', 'Execution_ProcessID'],
  ['ThreadID', 'Execution_ThreadID'],
  ['UserID', 'Security_UserID'],
  ['ActivityID', 'Correlation_ActivityID'],
]);

/** Time members, best first: what Windows wrote, then the shipper's instant, then local wall-clock time. */
export const TIMES: readonly string[] = [
  'TimeCreated_SystemTime',
  'TimeCreated',
  '@timestamp',
  'TimeGenerated',
  'EventTime',
  'UtcTime',
];

/** Bounds the memory of names seen; a hostile file can invent any number. */
const MAX_CACHED_NAMES = 4096;

/** Final name of each member name seen, so that a record costs one lookup a member. */
const finalNames = new Map<string, string>();

/** Name under which a member is kept: Sigma's for what it is, without spaces. */
export function finalName(name: string): string {
  const known = finalNames.get(name);
  if (known !== undefined) return known;
  const final = RENAMED.get(name) ?? (name.includes(' ') ? name.replaceAll(' ', '') : name);
  if (finalNames.size < MAX_CACHED_NAMES) finalNames.set(name, final);
  return final;
}
