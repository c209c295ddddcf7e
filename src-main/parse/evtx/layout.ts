/**
 * Sizes and offsets of the EVTX container (libyal "Windows XML Event Log (EVTX) format", sections 2-4), and the
 * limits that make hostile input end.
 */
export const FILE_HEADER_BYTES = 4096;
export const CHUNK_BYTES = 65_536;
/** Chunk header (128 bytes), string table (64 x 4) and template table (32 x 4). Records start after it. */
export const CHUNK_HEADER_BYTES = 512;
/** Magic, size, record id, FILETIME. The size is repeated in the last four bytes of the record. */
export const RECORD_HEADER_BYTES = 24;
export const MIN_RECORD_BYTES = RECORD_HEADER_BYTES + 4;

export const FILE_MAGIC = Buffer.from('ElfFile\0', 'latin1');
export const CHUNK_MAGIC = Buffer.from('ElfChnk\0', 'latin1');
export const RECORD_MAGIC = Buffer.from('**\0\0', 'latin1');
/** RECORD_MAGIC as a little-endian number. */
export const RECORD_MAGIC_UINT32 = 0x2a2a;
/** Where the chunk header states its own size, always 128: tells a header from the text "ElfChnk". */
export const CHUNK_HEADER_SIZE_OFFSET = 40;
export const CHUNK_HEADER_SIZE = 128;
export const FREE_SPACE_OFFSET = 48;

/**
 * Elements within elements, and fragments within values. Of 23,735 real events none has more
 * than 3 levels in a fragment; 64 is what other readers cap at.
 */
export const MAX_DEPTH = 64;
/**
 * Work one record may cost: bytes decoded plus operations run. A record is at most 64 KiB and decodes to about as
 * much; sixteen times that leaves room for values used twice and stops templates that multiply themselves.
 */
export const MAX_RECORD_WORK = 1_048_576;
/** Longest element or attribute name, in UTF-16 units. The longest in 23,735 real records has 35. */
export const MAX_NAME_LENGTH = 512;
/** The message is a line for a list; the record itself is in `fields`. */
export const MAX_MESSAGE_LENGTH = 1024;
/**
 * Template definitions read in one chunk, in bytes. Honest ones share the chunk's 64 KiB; hostile ones overlap, and
 * four records that each spend MAX_RECORD_WORK on them are enough to know.
 */
export const MAX_CHUNK_TEMPLATE_BYTES = 4_194_304;
