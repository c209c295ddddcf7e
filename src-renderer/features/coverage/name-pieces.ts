/** Letters of the longest word that a cell holds whole ("Instrumentation"). */
const LONGEST_WORD = 15;

/**
 * A name in pieces between which a line may end besides its spaces: behind a slash ("Deobfuscate/Decode"), and in
 * words too long for a cell behind hyphens ("Adversary-in-the-Middle") and where capitals join them
 * ("SyncAppvPublishingServer").
 */
export function namePieces(name: string): readonly string[] {
  return name
    .split(/(?<=[\s/])/)
    .flatMap((word) =>
      word.trim().length > LONGEST_WORD ? word.split(/(?<=-)|(?<=[a-z])(?=[A-Z])/) : [word],
    );
}
