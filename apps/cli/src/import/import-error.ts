import { UsageError } from '@tideline/process';

/** Every mistake that stops an import, with what it means. */
export const importCodes = {
  'TL-IMPORT-FILE': 'A source cannot be read, is too large, or is neither YAML nor JSON.',
  'TL-IMPORT-SOURCE': 'A source is not what the command reads, or lacks what no description can do without.',
  'TL-IMPORT-CHOICE': 'A source holds several services, containers or environments, and none is chosen.',
  'TL-IMPORT-OUTPUT': 'The description would replace a file, or its extension contradicts its format.',
  'TL-IMPORT-RESOLVE': 'What the source says is refused as a description; the message names its fields.',
} as const;

export type ImportCode = keyof typeof importCodes;

/** A mistake in what is imported: exit code 2. */
export const importError = (code: ImportCode, message: string, cause?: unknown): UsageError =>
  new UsageError(code, message, cause === undefined ? {} : { cause });
