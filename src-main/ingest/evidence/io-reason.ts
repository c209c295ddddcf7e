const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it does not exist, or was removed meanwhile',
  ENOTDIR: 'it does not exist, or was removed meanwhile',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links form a loop',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  EIO: 'the disk reported a read error',
  EBUSY: 'another program holds it',
  ENXIO: 'it is a device, not a file',
};

/** Why an operation on a file failed, for a person; the system's own words where it is none of the usual reasons. */
export function ioReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASONS[code] ?? (code === '' ? error.message : `${error.message} (${code})`);
}
