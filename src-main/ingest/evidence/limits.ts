/** Bytes read from a file at a time: large enough that the calls do not count, small enough for steady progress. */
export const READ_BYTES = 256 * 1024;

/** Beginning of an input by which formats recognise it (`EvidenceFormat.probe`). */
export const HEAD_BYTES = 64 * 1024;

/** Members of an archive, and what they may unpack to together (reliability T23). */
export const MAX_MEMBERS = 10_000;
export const MAX_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024;

/** Unpacked bytes for each packed one (T23). Deflate reaches 1,032; logs of one repeated line exceed 200 honestly. */
export const MAX_RATIO = 200;

/** Up to here no ratio is too high: unpacking this much harms nobody. */
export const RATIO_FLOOR_BYTES = 64 * 1024 * 1024;

/** Folders inside one another, and files in one plan: beyond these it is not a case folder, or a loop. */
export const MAX_FOLDER_DEPTH = 64;
export const MAX_FILES = 100_000;
