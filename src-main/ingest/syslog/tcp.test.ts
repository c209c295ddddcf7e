import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { isConserved } from '../../pipeline/counters.ts';
import { createBench, until, type Bench } from '../kit/receiver-bench.ts';
import { startSyslogTcp, type SyslogTcpHandle, type SyslogTcpOptions } from './tcp.ts';

const stops: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function start(bench: Bench, limits: Partial<SyslogTcpOptions> = {}): Promise<SyslogTcpHandle> {
  const handle = await startSyslogTcp({ host: '127.0.0.1', port: 0, ...limits }, bench.context);
  stops.push(() => {
    bench.drain();
    return handle.stop();
  });
  return handle;
}

async function dial(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  stops.push(() => socket.destroy());
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  return socket;
}

const isClosed = (socket: Socket): Promise<unknown> =>
  socket.closed ? Promise.resolve() : new Promise((resolve) => socket.once('close', resolve).resume());

describe('syslog TCP', () => {
  test('both framings, each on its own connection', async () => {
    const bench = createBench();
    const { port } = await start(bench);
    (await dial(port)).end('<34>line one\n<34>line two\n');
    (await dial(port)).end('16 <34>a\n<34>b\n<34>');
    await until(() => bench.queue.counts().depth === 3);
    bench.drain();
    expect(bench.texts().sort()).toEqual(['<34>a\n<34>b\n<34>', '<34>line one', '<34>line two']);
  });

  test('what a closing connection left unfinished is kept, flagged partial', async () => {
    const bench = createBench();
    const { port } = await start(bench);
    (await dial(port)).end('<34>whole\n<34>par');
    await until(() => bench.queue.counts().depth === 2);
    bench.drain();
    expect(bench.records[1]).toMatchObject({ flags: ['partial'], originalBytes: 7 });
  });

  test.each([
    ['frame_too_large', '1048577 <34>x'],
    ['bad_octet_count', '5 <34>ax'],
  ])('%s closes the connection and is counted', async (reason, bytes) => {
    const bench = createBench();
    const { port } = await start(bench);
    const socket = await dial(port);
    socket.write(bytes);
    await isClosed(socket);
    expect(bench.counters().rejected).toEqual({ [reason]: 1 });
    expect(isConserved(bench.counters())).toBe(true);
    expect(bench.notices.map((notice) => notice.code)).toEqual([reason]);
  });

  test('a 10 MB line is truncated and marked; the next one is whole', async () => {
    const bench = createBench();
    const { port } = await start(bench);
    (await dial(port)).end(`<34>${'x'.repeat(10_000_000)}\n<34>next\n`);
    await until(() => bench.queue.counts().depth === 2);
    bench.drain();
    expect(bench.records[0]).toMatchObject({ flags: ['truncated'], originalBytes: 10_000_004 });
    expect(bench.records[0]!.bytes.length).toBe(1024 * 1024);
    expect(bench.texts()[1]).toBe('<34>next');
  });

  test('a full sink holds the sender back and loses nothing', async () => {
    const bench = createBench(100);
    const handle = await start(bench);
    const socket = await dial(handle.port);
    const total = 200_000;
    let sent = 0;
    const writeMore = (): void => {
      while (sent < total && socket.write(`<34>message number ${sent++} ${'x'.repeat(80)}\n`));
      if (sent === total) socket.end();
    };
    socket.on('drain', writeMore);
    writeMore();
    await until(() => handle.held() > 0);
    const before = sent;
    await new Promise(setImmediate);
    expect(before).toBeLessThan(total);
    expect(handle.status().detail).toContain('held back');
    const pump = setInterval(() => bench.drain(), 0);
    await until(() => bench.records.length === total);
    clearInterval(pump);
    expect(bench.texts().every((text, index) => text.startsWith(`<34>message number ${index} `))).toBe(true);
    expect(bench.counters()).toMatchObject({ received: total, committed: total, dropped: {}, inQueue: 0 });
  });

  test('connections over the limits are refused, the others go on', async () => {
    const bench = createBench();
    const handle = await start(bench, { maxConnections: 3, maxConnectionsPerPeer: 2 });
    const first = await dial(handle.port);
    const second = await dial(handle.port);
    const third = await dial(handle.port);
    await isClosed(third);
    expect(handle.connections()).toEqual({ open: 2, accepted: 2, refused: 1 });
    first.end('<34>a\n');
    await until(() => handle.connections().open === 1);
    await dial(handle.port);
    second.write('<34>b\n');
    await until(() => bench.queue.counts().depth === 2);
    expect(bench.notices.map((notice) => notice.code)).toEqual(['connection_refused']);
  });

  test('stop hands over what was sent before it, then closes every connection', async () => {
    const bench = createBench();
    const handle = await start(bench);
    const socket = await dial(handle.port);
    for (let index = 0; index < 5_000; index += 1) socket.write(`<34>${index}\n`);
    await until(() => bench.counters().received > 0);
    await handle.stop();
    await isClosed(socket);
    bench.drain();
    expect(bench.records.length).toBe(5_000);
    expect(handle.held()).toBe(0);
  });

  test('a stalled thread that stops does not take waiting bytes for silence', async () => {
    const bench = createBench();
    const handle = await start(bench);
    const socket = await dial(handle.port);
    socket.write('<34>first\n');
    await until(() => bench.counters().received === 1);
    const stopped = handle.stop();
    socket.end('<34>last\n');
    // Longer than the quiet time that ends a connection: its timer is due before the last bytes are read.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
    await stopped;
    bench.drain();
    expect(bench.texts()).toEqual(['<34>first', '<34>last']);
  });

  test('stop waits for a full sink instead of dropping', async () => {
    const bench = createBench(1);
    const handle = await start(bench);
    (await dial(handle.port)).end('<34>a\n<34>b\n<34>c\n');
    await until(() => bench.counters().received === 3);
    // The empty queue took the whole first offer; fill it, so that the next connection has to wait.
    (await dial(handle.port)).end('<34>d\n<34>e\n');
    await until(() => handle.held() === 2);
    const stopped = handle.stop();
    bench.drain();
    await stopped;
    bench.drain();
    expect(bench.texts()).toEqual(['<34>a', '<34>b', '<34>c', '<34>d', '<34>e']);
  });

  test('a port in use is an error that says so', async () => {
    const { port } = await start(createBench());
    await expect(startSyslogTcp({ host: '127.0.0.1', port }, createBench().context)).rejects.toMatchObject({
      code: 'port_in_use',
    });
  });
});
