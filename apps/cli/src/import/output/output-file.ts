import { existsSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { configurationFiles } from '@tideline/process';
import { importError } from '../import-error.ts';
import { type Format, formats } from './render-description.ts';

export interface OutputOptions {
  readonly out?: string;
  readonly format?: Format;
}

const formatOf: Readonly<Record<string, Format>> = {
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.json': 'json',
  '.ts': 'ts',
  '.mts': 'ts',
};

/** Where the description is written, and in which form. @throws UsageError when it would replace or contradict something */
export function outputFile({ out, format }: OutputOptions): {
  readonly file: string;
  readonly format: Format;
} {
  if (out === undefined) {
    const taken = configurationFiles.find((name) => existsSync(name));
    if (taken !== undefined)
      throw importError(
        'TL-IMPORT-OUTPUT',
        `${taken} describes this folder already; an import replaces nothing. Name another file with --out, or move this one away`,
      );
    return { file: `tideline.config.${format ?? 'yaml'}`, format: format ?? 'yaml' };
  }
  const byName = formatOf[extname(out)];
  if (byName === undefined || (format !== undefined && format !== byName))
    throw importError(
      'TL-IMPORT-OUTPUT',
      `--out ${out} has the extension "${extname(out)}"${format === undefined ? '' : ` with --format ${format}`}; allowed: ${Object.keys(formatOf).join(', ')}, of the format (${formats.join(', ')}). Change one of them`,
    );
  if (existsSync(out))
    throw importError(
      'TL-IMPORT-OUTPUT',
      `${out} exists; an import replaces nothing. Name another file with --out, or move this one away`,
    );
  if (!existsSync(dirname(out)))
    throw importError(
      'TL-IMPORT-OUTPUT',
      `--out ${out} is in a folder that does not exist. Make the folder, or name another file`,
    );
  return { file: out, format: byName };
}
