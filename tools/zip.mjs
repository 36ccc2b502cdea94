// Archives in the ZIP format (APPNOTE.TXT of PKWARE, sections 4.3 to 4.5), the same bytes for the same content: no clock, no
// owner and no order of a file system goes in.
import { Buffer } from 'node:buffer';
import { crc32, deflateRawSync } from 'node:zlib';

/** MS-DOS’s first day, 1 January 1980: what the time of every file is. */
const firstDay = (1 << 5) | 1;
const deflated = 8;
/** 2.0, the first version with deflate; the upper byte says that the attributes are Unix’s. */
const version = 20;
const unix = 3 << 8;
/** A regular file that everyone may read, which Lambda requires. */
const readable = (0o100644 << 16) >>> 0;

/** @param {readonly { readonly name: string, readonly content: Uint8Array }[]} files in the order of the archive */
export function zipOf(files) {
  const entries = files.map(({ name, content }) => ({
    name: Buffer.from(name, 'utf8'),
    sum: crc32(content),
    size: content.length,
    packed: deflateRawSync(content, { level: 9 }),
  }));
  let offset = 0;
  const local = entries.map((entry) => {
    const part = Buffer.concat([localHeader(entry), entry.name, entry.packed]);
    entry.offset = offset;
    offset += part.length;
    return part;
  });
  const central = entries.map((entry) => Buffer.concat([centralHeader(entry), entry.name]));
  return Buffer.concat([...local, ...central, endOf(entries.length, Buffer.concat(central).length, offset)]);
}

/** Numbers, each with its width in bytes, little-endian. */
function fields(...numbers) {
  const bytes = Buffer.alloc(numbers.reduce((sum, [, width]) => sum + width, 0));
  let at = 0;
  for (const [number, width] of numbers) at = bytes.writeUIntLE(number, at, width);
  return bytes;
}

/** What both headers of a file say of it, from the version that it takes to unpack it to the length of its extra field. */
const shared = ({ name, sum, size, packed }) =>
  fields(
    ...[
      [version, 2],
      [0, 2],
      [deflated, 2],
      [0, 2],
      [firstDay, 2],
    ],
    ...[
      [sum, 4],
      [packed.length, 4],
      [size, 4],
      [name.length, 2],
      [0, 2],
    ],
  );

const localHeader = (entry) => Buffer.concat([fields([0x04034b50, 4]), shared(entry)]);

const centralHeader = (entry) =>
  Buffer.concat([
    fields([0x02014b50, 4], [unix | version, 2]),
    shared(entry),
    fields([0, 2], [0, 2], [0, 2], [readable, 4], [entry.offset, 4]),
  ]);

const endOf = (count, size, offset) =>
  fields([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [offset, 4], [0, 2]);
