import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBench, until, type Bench } from '../../src-main/ingest/kit/receiver-bench.ts';
import { startFileTail } from '../../src-main/ingest/file-tail/file-tail.ts';
import { startSyslogTcp } from '../../src-main/ingest/syslog/tcp.ts';
import { startSyslogUdp } from '../../src-main/ingest/syslog/udp.ts';
import { report, rounded, temporaryFolder } from '../kit.ts';

const LINES = 500_000;
const UDP_SECONDS = 5;
const UDP_PER_SECOND = 20_000;

/** A message as a firewall sends it: 180 bytes. */
const MESSAGE = `<134>Oct 11 22:14:15 gateway kernel: ${'IN=eth0 OUT= SRC=192.0.2.1 DST=198.51.100.7 '.repeat(3)}`;

/** What the receivers take in from a sender in another process, into a queue that is emptied all the time. */
export async function run(): Promise<void> {
  await measureUdp();
  await measureTcp();
  await measureTail();
}

async function measureUdp(): Promise<void> {
  const bench = createBench();
  const handle = await startSyslogUdp({ host: '127.0.0.1', port: 0 }, bench.context);
  const pump = emptying(bench);
  const sent = await sender(
    `const s = require('node:dgram').createSocket('udp4');
     const m = Buffer.from(${JSON.stringify(MESSAGE)});
     s.connect(${handle.port}, '127.0.0.1', () => {
       const start = performance.now(); let sent = 0; const all = ${UDP_PER_SECOND * UDP_SECONDS};
       const step = () => {
         const due = Math.min(all, Math.floor((performance.now() - start) * ${UDP_PER_SECOND / 1000}));
         for (; sent < due; sent += 1) s.send(m);
         if (sent < all) setImmediate(step);
         else s.send('end', () => { console.log(sent + 1); s.close(); });
       };
       step();
     });`,
  );
  await handle.stop();
  clearInterval(pump);
  bench.drain();
  const { received, dropped } = bench.counters();
  const lost = sent - bench.records.length;
  report('receive', 'udp', {
    sent,
    lost,
    lost_ratio: rounded(lost / sent),
    unaccounted: sent - received,
    dropped,
  });
}

async function measureTcp(): Promise<void> {
  const bench = createBench();
  const handle = await startSyslogTcp({ host: '127.0.0.1', port: 0 }, bench.context);
  const pump = emptying(bench);
  const startedMs = performance.now();
  await sender(
    `const s = require('node:net').connect(${handle.port}, '127.0.0.1');
     const block = ${JSON.stringify(`${MESSAGE}\n`)}.repeat(1000); let left = ${LINES / 1000};
     const step = () => { while (left > 0) { left -= 1; if (!s.write(block)) return; } s.end(); };
     s.on('drain', step); step(); s.on('close', () => console.log(${LINES}));`,
  );
  await until(() => bench.records.length + bench.queue.counts().depth === LINES);
  const seconds = (performance.now() - startedMs) / 1000;
  clearInterval(pump);
  await handle.stop();
  report('receive', 'tcp', { records_per_s: Math.round(LINES / seconds), records: LINES });
}

async function measureTail(): Promise<void> {
  const file = join(temporaryFolder('receive'), 'firewall.log');
  writeFileSync(file, `${MESSAGE}\n`.repeat(LINES));
  const bench = createBench();
  const pump = emptying(bench);
  const startedMs = performance.now();
  const handle = await startFileTail({ paths: [file], offsets: [] }, bench.context);
  await until(() => bench.records.length + bench.queue.counts().depth === LINES);
  const seconds = (performance.now() - startedMs) / 1000;
  clearInterval(pump);
  await handle.stop();
  report('receive', 'file_tail', { records_per_s: Math.round(LINES / seconds), records: LINES });
}

function emptying(bench: Bench): NodeJS.Timeout {
  return setInterval(() => bench.drain(), 5);
}

/** Runs a sender in its own process; resolves with the number that it prints at its end. */
function sender(script: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()));
  return new Promise((resolve) => child.once('close', () => resolve(Number(printed))));
}
