import { type Surroundings, exitCodes, writeWhole } from '@tideline/process';
import type { Imported } from './list/import-draft.ts';
import { checkResolves } from './output/check-resolves.ts';
import { type OutputOptions, outputFile } from './output/output-file.ts';
import { renderDescription } from './output/render-description.ts';
import { renderList } from './output/render-list.ts';

/** The command line of every kind of source, each value of the right type. */
export interface ImportOptions extends OutputOptions {
  readonly json: boolean;
}

/** A conversion that the command line asks for. */
interface Conversion {
  /** The file that is named first. */
  readonly from: string;
  readonly options: ImportOptions;
  readonly convert: () => Promise<Imported>;
}

/** Writes the description, and prints what was not carried over. @returns the exit code @throws UsageError */
export async function runImport(
  { from, options, convert }: Conversion,
  stdout: Surroundings['stdout'],
): Promise<number> {
  const { file, format } = outputFile(options);
  const imported = await convert();
  await checkResolves(imported);
  writeWhole(file, renderDescription(imported, { format, from }));
  const { carried, left, changed, chosen } = imported;
  stdout.write(
    options.json
      ? `${JSON.stringify({ file, carried, left, changed, chosen }, null, 2)}\n`
      : renderList(imported, file),
  );
  return exitCodes.done;
}
