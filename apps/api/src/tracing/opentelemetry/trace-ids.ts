/** The id of a trace in both of its forms: logs have its digits, OTLP its bytes. To make one of the other costs more than to keep both. */
export interface TraceId {
  /** 32 hexadecimal digits in lower case. */
  readonly digits: string;
  /** The same by 32 bits each, as signed numbers. */
  readonly word0: number;
  readonly word1: number;
  readonly word2: number;
  readonly word3: number;
}

/** The id of a span, likewise. */
export interface SpanId {
  /** 16 hexadecimal digits in lower case. */
  readonly digits: string;
  readonly word0: number;
  readonly word1: number;
}

/** @param digits 32 of them, hexadecimal */
export const traceIdOf = (digits: string): TraceId => ({
  digits,
  word0: wordOf(digits, 0),
  word1: wordOf(digits, 8),
  word2: wordOf(digits, 16),
  word3: wordOf(digits, 24),
});

/** @param digits 16 of them, hexadecimal */
export const spanIdOf = (digits: string): SpanId => ({
  digits,
  word0: wordOf(digits, 0),
  word1: wordOf(digits, 8),
});

const wordOf = (digits: string, from: number): number => parseInt(digits.slice(from, from + 8), 16) | 0;

/**
 * Random ids are drawn and written out by the block: one by one, an id costs as much as the rest of a span. By `Math.random`, as
 * OpenTelemetry’s own generator draws them: an id is no secret.
 */
class IdBlock {
  readonly #idBytes: number;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  #digits = '';
  #at: number;

  constructor(idBytes: number, idCount: number) {
    this.#idBytes = idBytes;
    this.#bytes = Buffer.allocUnsafeSlow(idBytes * idCount);
    this.#view = new DataView(this.#bytes.buffer);
    this.#at = this.#bytes.length;
  }

  /** Goes on to the next id, the first of new ones where all are used. @param beginning of each, 32 bits. @default random too */
  next(beginning?: number): void {
    this.#at += this.#idBytes;
    if (this.#at < this.#bytes.length) return;
    for (let at = 0; at < this.#bytes.length; at += 4) {
      const isBeginning = beginning !== undefined && at % this.#idBytes === 0;
      this.#view.setUint32(at, isBeginning ? beginning : Math.random() * 2 ** 32);
    }
    this.#digits = this.#bytes.toString('hex');
    this.#at = 0;
  }

  /** So that the next id is a new one. */
  discard(): void {
    this.#at = this.#bytes.length;
  }

  digits(): string {
    return this.#digits.slice(this.#at * 2, (this.#at + this.#idBytes) * 2);
  }

  word(index: number): number {
    return this.#view.getInt32(this.#at + index * 4);
  }
}

const spanIds = new IdBlock(8, 1024);

/** 64 random bits; all zeros is no id (OpenTelemetry, span context). */
export function newSpanId(): SpanId {
  spanIds.next();
  const word0 = spanIds.word(0);
  const word1 = spanIds.word(1);
  return word0 === 0 && word1 === 0 ? newSpanId() : { digits: spanIds.digits(), word0, word1 };
}

const traceIds = new IdBlock(16, 256);
let traceIdsSecond = 0;

/** In the form that X-Ray also knows: the time in seconds, and 96 random bits (AWS X-Ray guide, “Trace ID format”). */
export function newTraceId(): TraceId {
  const second = Math.floor(Date.now() / 1000);
  if (second !== traceIdsSecond) traceIds.discard();
  traceIdsSecond = second;
  traceIds.next(second);
  return {
    digits: traceIds.digits(),
    word0: traceIds.word(0),
    word1: traceIds.word(1),
    word2: traceIds.word(2),
    word3: traceIds.word(3),
  };
}
