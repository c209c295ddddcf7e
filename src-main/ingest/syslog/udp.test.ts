import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors/app-error.ts';
import { isConserved } from '../../pipeline/counters.ts';
import { createBench, until, type Bench } from '../kit/receiver-bench.ts';
import { dropsOf } from './kernel-drops.ts';
import { startSyslogUdp, type SyslogUdpHandle } from './udp.ts';

const LOOPBACK = { host: '127.0.0.1', port: 0 };
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function start(bench: Bench, options = LOOPBACK): Promise<SyslogUdpHandle> {
  const handle = await startSyslogUdp(options, bench.context);
  stops.push(() => handle.stop());
  return handle;
}

async function send(port: number, datagrams: readonly Uint8Array[]): Promise<number> {
  const socket = createSocket('udp4');
  for (const datagram of datagrams) {
    await new Promise<void>((resolve, reject) => {
      socket.send(datagram, port, '127.0.0.1', (error) => (error === null ? resolve() : reject(error)));
    });
  }
  const from = socket.address().port;
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return from;
}

describe('syslog UDP', () => {
  test('one datagram is one record, bytes untouched, peer as the transport says', async () => {
    const bench = createBench();
    const { port } = await start(bench);
    const hostile = Buffer.from('<34>a\n<34>forged\0\xff', 'latin1');
    const from = await send(port, [hostile, Buffer.alloc(65_507, 'x')]);
    await until(() => bench.queue.counts().depth === 2);
    bench.drain();
    expect(Buffer.from(bench.records[0]!.bytes)).toEqual(hostile);
    expect(bench.records[0]).toMatchObject({
      peer: `127.0.0.1:${from}`,
      flags: [],
      originalBytes: hostile.length,
    });
    expect(bench.records[1]!.bytes.length).toBe(65_507);
    expect(bench.counters()).toMatchObject({ received: 2, committed: 2, inQueue: 0 });
  });

  test('a full sink: dropped, counted, and the books balance', async () => {
    const bench = createBench(5);
    const { port } = await start(bench);
    await send(
      port,
      Array.from({ length: 50 }, (_, index) => Buffer.from(`<34>${index}`)),
    );
    await until(() => bench.counters().received === 50);
    expect(bench.counters()).toMatchObject({ dropped: { queue_full: 45 }, inQueue: 5 });
    expect(isConserved(bench.counters())).toBe(true);
  });

  test('an empty datagram is rejected', async () => {
    const bench = createBench();
    const { port } = await start(bench);
    await send(port, [new Uint8Array(0)]);
    await until(() => bench.counters().received === 1);
    expect(bench.counters()).toMatchObject({ rejected: { empty: 1 }, inQueue: 0 });
  });

  test.runIf(process.platform === 'linux')('what the kernel drops is counted', async () => {
    const bench = createBench();
    const handle = await start(bench);
    // 20 MB into a buffer of 4 MiB while this thread does not read: sends to loopback are delivered at once.
    const datagram = Buffer.alloc(20_000, 'x');
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', () => resolve()));
    await new Promise<void>((resolve) => socket.connect(handle.port, '127.0.0.1', () => resolve()));
    for (let sent = 0; sent < 1_000; sent += 1) socket.send(datagram);
    await new Promise<void>((resolve) => socket.send('last', () => resolve()));
    socket.close();
    await until(() => bench.counters().received === 1_001);
    const { dropped, inQueue } = bench.counters();
    expect(dropped.kernel_buffer).toBeGreaterThan(0);
    expect(inQueue + dropped.kernel_buffer!).toBe(1_001);
    expect(handle.status().detail).toContain(`Kernel drops: ${dropped.kernel_buffer}.`);
  });

  test('a port in use is an error that says so', async () => {
    const { port } = await start(createBench());
    const failure = await startSyslogUdp({ host: '127.0.0.1', port }, createBench().context).catch(
      (e: unknown) => e,
    );
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ code: 'port_in_use', fields: { port } });
  });

  test('the kernel table: only the own port, and null when it is not listed', () => {
    const table = [
      '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops',
      '  512: 0100007F:1F40 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 12345 2 0000000000000000 42',
      '  513: 0100007F:1F41 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 12346 2 0000000000000000 7',
    ].join('\n');
    expect([8000, 8001, 8002].map((port) => dropsOf(table, port))).toEqual([42, 7, null]);
  });
});
