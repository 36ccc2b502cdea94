import { type Socket, connect } from 'node:net';

/** Requests that are young and unanswered at any time: enough to keep every target busy. */
const youngInFlight = 32;
/** An older request waits for something dead, and holds no other one up. */
const youngMs = 300;
/** The balancer closes what idles longer; a request must not meet that moment. */
const idleMs = 1000;
/** No more connections than this, whatever hangs. */
const mostInFlight = 4000;

const wanted = Buffer.from('GET /host HTTP/1.1\r\nHost: soak\r\n\r\n');

interface Connection {
  readonly socket: Socket;
  /** Hears of the end of the exchange under way; undefined while there is none. */
  settle: ((outcome: string) => void) | undefined;
  received: string;
  idleSince: number;
}

/** Sends requests on kept connections as fast as they are answered, and counts how each of them ended. */
export class SoakLoad {
  /** `200`, `http-502` and so on, or `connection`. */
  readonly outcomes = new Map<string, number>();
  sent = 0;
  readonly #port: number;
  readonly #idle: Connection[] = [];
  #inFlight = 0;
  #young = 0;
  #left = 0;
  #done: () => void = () => undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /** Resolves when so many more requests have ended, each in one way. */
  async send(requests: number): Promise<void> {
    this.#left = requests;
    const done = new Promise<void>((resolve) => (this.#done = resolve));
    this.#fill();
    await done;
  }

  close(): void {
    for (const { socket } of this.#idle.splice(0)) socket.destroy();
  }

  #fill(): void {
    while (this.#left > 0 && this.#young < youngInFlight && this.#inFlight < mostInFlight) this.#ask();
    if (this.#left === 0 && this.#inFlight === 0) this.#done();
  }

  #ask(): void {
    this.#left -= 1;
    this.sent += 1;
    this.#inFlight += 1;
    this.#young += 1;
    let isYoung = true;
    const age = (): void => {
      if (isYoung) this.#young -= 1;
      isYoung = false;
    };
    const timer = setTimeout(() => {
      age();
      this.#fill();
    }, youngMs);
    const connection = this.#take();
    connection.received = '';
    connection.settle = (outcome) => {
      connection.settle = undefined;
      clearTimeout(timer);
      age();
      this.#inFlight -= 1;
      this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
      this.#fill();
    };
    connection.socket.write(wanted);
  }

  #take(): Connection {
    for (let connection = this.#idle.pop(); connection !== undefined; connection = this.#idle.pop()) {
      if (connection.socket.writable && performance.now() - connection.idleSince < idleMs) return connection;
      connection.socket.destroy();
    }
    const socket = connect({ host: '127.0.0.1', port: this.#port, noDelay: true });
    const connection: Connection = { socket, settle: undefined, received: '', idleSince: 0 };
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.#read(connection, text));
    socket.on('error', () => undefined);
    socket.on('close', () => connection.settle?.('connection'));
    return connection;
  }

  #read(connection: Connection, text: string): void {
    connection.received += text;
    const { received, socket } = connection;
    const headEnd = received.indexOf('\r\n\r\n');
    if (headEnd < 0 || connection.settle === undefined) return;
    const head = received.slice(0, headEnd);
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
    if (received.length < headEnd + 4 + length) return;
    const status = received.slice(9, 12);
    if (/^connection: close/im.test(head)) socket.destroy();
    else {
      connection.idleSince = performance.now();
      this.#idle.push(connection);
    }
    connection.settle(status === '200' ? status : `http-${status}`);
  }
}
