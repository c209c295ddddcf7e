import { openSqliteWriter } from '../sqlite/writer.ts';
import { sampleBatch, sampleDetection, sampleEvents } from './sample-events.ts';

/**
 * For the kill test: commits batches until somebody kills the process, and writes the last id of each to
 * stdout once the receipt is there. Run as `node commit-forever.ts <data folder> <seed>`.
 */
const [, , dataDir, seed] = process.argv;
if (dataDir === undefined) throw new Error('commit-forever needs a data folder.');

const writer = openSqliteWriter(dataDir);
for (let round = 0; ; round += 1) {
  const events = sampleEvents(200, Number(seed) + round);
  const detections = events.slice(0, 5).map((event) => sampleDetection(event));
  writer.commit(sampleBatch(events, detections));
  process.stdout.write(`${events[0]?.id ?? ''} ${events[199]?.id ?? ''}\n`);
}
