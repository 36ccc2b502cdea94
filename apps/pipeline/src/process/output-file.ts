import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

const pollMs = 200;
const blockBytes = 65_536;

/**
 * A program’s output in a file that is read while the program writes it. Unlike a pipe it outlives its reader: Terraform
 * that writes to a pipe with no reader dies, before it has saved the state.
 */
export class OutputFile {
  readonly #folder: string;
  readonly #file: FileHandle;
  readonly #onLine: (line: string) => void;
  readonly #decoder = new StringDecoder('utf8');
  readonly #timer: NodeJS.Timeout;
  #position = 0;
  #rest = '';
  #reading: Promise<void> = Promise.resolve();

  private constructor(folder: string, file: FileHandle, onLine: (line: string) => void) {
    this.#folder = folder;
    this.#file = file;
    this.#onLine = onLine;
    this.#timer = setInterval(() => {
      this.#reading = this.#reading.then(() => this.#read());
    }, pollMs);
  }

  static async open(onLine: (line: string) => void): Promise<OutputFile> {
    const folder = await mkdtemp(join(tmpdir(), 'tideline-output-'));
    return new OutputFile(folder, await open(join(folder, 'output.log'), 'a+'), onLine);
  }

  /** What the program writes to. */
  get descriptor(): number {
    return this.#file.fd;
  }

  /** Hands over what is left, once the program has ended. */
  async readAll(): Promise<void> {
    clearInterval(this.#timer);
    await this.#reading;
    await this.#read();
    if (this.#rest !== '') this.#onLine(this.#rest);
    this.#rest = '';
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#reading;
    await this.#file.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #read(): Promise<void> {
    const block = Buffer.alloc(blockBytes);
    for (;;) {
      const { bytesRead } = await this.#file.read(block, 0, blockBytes, this.#position);
      if (bytesRead === 0) return;
      this.#position += bytesRead;
      const lines = (this.#rest + this.#decoder.write(block.subarray(0, bytesRead))).split(/\r?\n/);
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.#onLine(line);
    }
  }
}
