import { type RunRecord, runRecordSchema, runRecordVersion } from './run-record.ts';

/** A run record that cannot be read: `code` says whether it is of another version or malformed. */
export class RunRecordError extends Error {
  readonly code: 'TL-RECORD-VERSION' | 'TL-RECORD-MALFORMED';
  /** The message without the code. */
  readonly problem: string;

  constructor(code: RunRecordError['code'], message: string, options?: ErrorOptions) {
    super(`${code} ${message}`, options);
    this.name = 'RunRecordError';
    this.code = code;
    this.problem = message;
  }
}

/** More would bury the first, which is usually the cause of the rest. */
const listedProblems = 5;

/**
 * Checks parsed JSON and returns it as a run record.
 * @throws RunRecordError when it is of another schema version, or malformed (with the first few places).
 */
export function parseRunRecord(json: unknown): RunRecord {
  const version = versionOf(json);
  if (version === undefined) {
    throw new RunRecordError(
      'TL-RECORD-MALFORMED',
      `not a run record: expected an object with schemaVersion ${runRecordVersion}; give the path of a run-record.json`,
    );
  }
  if (version !== runRecordVersion) {
    throw new RunRecordError(
      'TL-RECORD-VERSION',
      `run record has schemaVersion ${JSON.stringify(version)}, this version of Tideline reads ${runRecordVersion}; read it with the version that wrote it, or run again`,
    );
  }
  const parsed = runRecordSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `  ${path.map(String).join('.')}: ${message}`,
  );
  const more = problems.length - listedProblems;
  throw new RunRecordError(
    'TL-RECORD-MALFORMED',
    [
      'run record is malformed; write it again with a new run:',
      ...problems.slice(0, listedProblems),
      ...(more > 0 ? [`  and ${more} more`] : []),
    ].join('\n'),
    { cause: parsed.error },
  );
}

const versionOf = (json: unknown): unknown =>
  typeof json === 'object' && json !== null && 'schemaVersion' in json ? json.schemaVersion : undefined;
