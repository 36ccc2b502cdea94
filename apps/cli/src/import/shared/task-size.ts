/** CPU sizes of Fargate with the memory that each offers, MiB: from, to, by (AWS Fargate task size table). */
const sizes: readonly { readonly cpuUnits: number; readonly memoryMiB: readonly number[] }[] = [
  { cpuUnits: 256, memoryMiB: [512, 1024, 2048] },
  { cpuUnits: 512, memoryMiB: range(1024, 4096, 1024) },
  { cpuUnits: 1024, memoryMiB: range(2048, 8192, 1024) },
  { cpuUnits: 2048, memoryMiB: range(4096, 16_384, 1024) },
  { cpuUnits: 4096, memoryMiB: range(8192, 30_720, 1024) },
  { cpuUnits: 8192, memoryMiB: range(16_384, 61_440, 4096) },
  { cpuUnits: 16_384, memoryMiB: range(32_768, 122_880, 8192) },
];

function range(from: number, to: number, by: number): readonly number[] {
  return Array.from({ length: (to - from) / by + 1 }, (_, index) => from + index * by);
}

export interface TaskSize {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
}

/** The smallest task of Fargate with at least this much of both; the largest one where none has. */
export function fargateSizeFor({ cpuUnits, memoryMiB }: TaskSize): TaskSize {
  for (const size of sizes) {
    const memory = size.memoryMiB.find((offered) => offered >= memoryMiB);
    if (size.cpuUnits >= cpuUnits && memory !== undefined)
      return { cpuUnits: size.cpuUnits, memoryMiB: memory };
  }
  return { cpuUnits: 16_384, memoryMiB: 122_880 };
}
