import { type ProtobufWriter, taggedLength } from './protobuf-writer.ts';

/** Tags of `KeyValue`, `AnyValue` and `ArrayValue` (opentelemetry-proto): fields with a length. */
const attributesTag = 0x4a;
const keyTag = 0x0a;
const valueTag = 0x12;
const textTag = 0x0a;
const listTag = 0x2a;
const itemTag = 0x0a;

/** An attribute of a span whose text is another for each of them. */
export class TextAttribute {
  readonly #key: Uint8Array;
  /** Tags of what the text is in, from the inside outwards, and scratch memory for how long each of them is. */
  readonly #tags: readonly number[];
  readonly #lengths: number[];

  /** @param options.isList whether the text is the only item of a list. @default false */
  constructor(key: string, { isList = false }: { readonly isList?: boolean } = {}) {
    this.#key = Buffer.from([keyTag, key.length, ...Buffer.from(key)]);
    this.#tags = isList ? [textTag, itemTag, listTag, valueTag] : [textTag, valueTag];
    this.#lengths = this.#tags.map(() => 0);
  }

  /** @param textLength in bytes @returns that of the whole attribute */
  length(textLength: number): number {
    return taggedLength(this.#keyValueLength(textLength));
  }

  /** @param textLength of the text in bytes */
  write(out: ProtobufWriter, text: string, textLength: number): void {
    out.tagged(attributesTag, this.#keyValueLength(textLength));
    out.part(this.#key);
    for (let depth = this.#tags.length - 1; depth >= 0; depth -= 1)
      out.tagged(this.#tags[depth] ?? 0, this.#lengths[depth] ?? 0);
    out.text(text, textLength);
  }

  #keyValueLength(textLength: number): number {
    let length = textLength;
    for (let depth = 0; depth < this.#lengths.length; depth += 1) {
      this.#lengths[depth] = length;
      length = taggedLength(length);
    }
    return this.#key.length + length;
  }
}
