import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One answer as it was on the wire. */
export interface RawAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly fields: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Everything that the server sends until the connection closes, each byte as one character. */
export async function received(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  // A reset closes the connection too.
  socket.on('error', () => undefined);
  await once(socket, 'close');
  return text;
}

/** Sends bytes as they are, and reads until the server closes the connection. */
export async function exchange(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const text = received(socket);
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  return text;
}

/** Splits what a connection carried into answers. @param methods of their requests, in order; all GET where not given */
export function answersOf(text: string, methods: readonly string[] = []): readonly RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = text;
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n');
    const [statusLine = '', ...lines] = rest.slice(0, end).split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
    if (end === -1 || Number.isNaN(status)) throw new Error(`not an answer: ${rest.slice(0, 200)}`);
    const fields = Object.fromEntries(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    );
    const hasNone = status < 200 || status === 204 || methods[answers.length] === 'HEAD';
    const length = hasNone ? 0 : Number(fields['content-length'] ?? 0);
    const body = rest.slice(end + 4, end + 4 + length);
    if (body.length < length) throw new Error(`cut: ${body.length} of ${length} bytes of a ${status}`);
    answers.push({ status, fields, body });
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}
