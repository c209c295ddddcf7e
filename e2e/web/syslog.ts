import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo } from 'node:net';

/** A port that nobody listens on, for a receiver that cannot be asked which one it took. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server that listens on a port has an address of this shape.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Sends lines as a device would, over one connection. */
export async function sendSyslog(port: number, messages: readonly string[]): Promise<void> {
  const socket = createConnection(port, '127.0.0.1');
  const now = new Date().toISOString();
  socket.end(messages.map((message) => `<13>1 ${now} host-1 app - - - ${message}\n`).join(''));
  await once(socket, 'close');
}
