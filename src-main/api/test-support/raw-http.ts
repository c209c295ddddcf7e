import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** Status line and headers. */
  readonly head: string;
  readonly body: string;
}

/** Sends exactly these lines as an HTTP head (what fetch would refuse to send) and reads until the server closes. */
export async function rawRequest(port: number, lines: readonly string[]): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('utf8');
  socket.write([...lines, '', ''].join('\r\n'));
  let text = '';
  // A socket with an encoding yields strings.
  for await (const chunk of socket) text += chunk as string;
  const [head = '', body = ''] = text.split(/\r\n\r\n(.*)/s);
  return { status: Number(head.split(' ')[1]), head, body };
}
