/** The bytes in copies cut at these offsets, in any order and possibly beyond the end; empty pieces are left out. */
export function splitAt(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const offsets = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
  return offsets
    .slice(1)
    .map((end, index) => Buffer.from(bytes.subarray(offsets[index], end)))
    .filter((piece) => piece.length > 0);
}
