import { isDigits } from './characters.ts';
import { type DesyncReason, disguised, graver } from './desync.ts';
import type { FieldCursor } from './field-cursor.ts';

/** How a body’s end is found: after a number of bytes, by its chunks, or when the connection closes. */
export type BodyFraming = number | 'chunked' | 'until-close';

/** The fields that decide framing and the fate of the connection, gathered while a head is read. */
export class FramingFields {
  contentLength: number | undefined;
  chunked = false;
  /** A coding other than chunked and identity: the end of the body cannot be found. */
  isCodingUnsupported = false;
  /** What is wrong with the lengths and codings, the gravest of it; undefined when nothing is. */
  desync: DesyncReason | undefined;
  /** Values of fields that a peer could take for a Content-Length, and number of those that it could take for a coding. */
  readonly disguisedLengths: string[] = [];
  disguisedCodings = 0;
  close = false;
  keepAlive = false;
  upgrade = false;
  /** What `Upgrade` says. */
  upgradeTo: string | undefined;
  /** Fields that `Connection` declares to be hop-by-hop, beyond the ones always treated so. */
  nominated: Set<string> | undefined;

  /** Protocols that `Upgrade` lists. Clients that offer HTTP/2 go on with HTTP/1.1 when the offer is ignored, as it is here. */
  get wantedUpgrade(): string | undefined {
    const protocols = (this.upgradeTo ?? '').split(',').map((protocol) => protocol.trim());
    const wanted = protocols.filter((protocol) => protocol !== '' && protocol.toLowerCase() !== 'h2c');
    return wanted.length === 0 ? undefined : wanted.join(', ');
  }

  /** Takes plain digits only: a signed length or a list of lengths is how requests are smuggled. */
  addContentLength(value: string): void {
    const length = isDigits(value) ? Number(value) : NaN;
    if (!Number.isSafeInteger(length)) this.note('BadContentLength');
    else if (this.contentLength === undefined) this.contentLength = length;
    else this.note(this.contentLength === length ? 'DuplicateContentLength' : 'MultipleContentLength');
  }

  /** `chunked`, or `identity`, which is no coding: any other would have to be understood to find the end of the body. */
  addTransferEncoding(value: string): void {
    for (const coding of value.toLowerCase().split(',')) this.#addCoding(coding.trim());
  }

  addConnection(value: string): void {
    const options = value.toLowerCase();
    if (!options.includes(',')) this.#addConnectionOption(options);
    else for (const option of options.split(',')) this.#addConnectionOption(option.trim());
  }

  /** A field that a peer could take for a length or a coding makes the request suspicious, and a severe case beside a real one. */
  noteDisguise(cursor: FieldCursor): void {
    const field = disguised(cursor.spelling);
    if (field === undefined) return;
    this.note('SuspiciousHeader');
    if (field === 'content-length') this.disguisedLengths.push(cursor.value);
    else if (cursor.value.toLowerCase() === 'chunked') this.disguisedCodings++;
  }

  note(reason: DesyncReason): void {
    this.desync = graver(this.desync, reason);
  }

  #addCoding(coding: string): void {
    if (coding === 'identity') return;
    if (coding !== 'chunked') this.isCodingUnsupported = true;
    else if (this.chunked) this.note('MultipleTransferEncodingChunked');
    this.chunked ||= coding === 'chunked';
  }

  #addConnectionOption(name: string): void {
    if (name === 'close') this.close = true;
    else if (name === 'keep-alive') this.keepAlive = true;
    else if (name === 'upgrade') this.upgrade = true;
    else if (name !== '' && !essential.has(name)) (this.nominated ??= new Set()).add(name);
  }
}

/** Naming one of these in `Connection` must not make it disappear: the target would see another request than the client sent. */
const essential = new Set(['host', 'content-length', 'transfer-encoding', 'content-type', 'authorization']);
