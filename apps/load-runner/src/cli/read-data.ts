import { readFile } from 'node:fs/promises';
import { type LoadProfile, placeholdersOf } from '@tideline/config';
import { splitRow } from '@tideline/planner';
import { UsageError, messageOf } from '@tideline/process';
import { requestBytes } from '../load/connection/request-bytes.ts';
import { type DataRow, filledEndpoint } from '../load/requests/request-source.ts';

const mostRows = 100_000;

/**
 * The rows of a profile’s request data, each checked with every request that it goes into.
 * @throws UsageError TL-RUN-DATA
 */
export async function readData(target: URL, profile: LoadProfile): Promise<readonly DataRow[]> {
  if (profile.data === null) return [];
  const { file } = profile.data;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(
      'TL-RUN-DATA',
      `data.file: cannot read ${file} (${messageOf(error)}); give the path of a CSV file, from the working directory`,
      { cause: error },
    );
  });
  const rows = rowsOf(text, file);
  for (const endpoint of profile.endpoints)
    for (const column of placeholdersOf(endpoint).columns)
      if (rows[0]?.[column] === undefined)
        throw new UsageError(
          'TL-RUN-DATA',
          `data.file: ${file} has no column "${column}", which ${endpoint.method} ${endpoint.path} needs; it has ${Object.keys(rows[0] ?? {}).join(', ')}`,
        );
  for (const [index, row] of rows.entries())
    refuseUnsendableRow(target, { profile, row, where: `${file}, row ${index + 1}` });
  return rows;
}

function rowsOf(text: string, file: string): readonly DataRow[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '');
  const [header, ...others] = lines.map(({ line, number }) => {
    const fields = splitRow(line, ',');
    if (fields !== undefined) return { fields: fields.map((field) => field.trim()), number };
    throw new UsageError(
      'TL-RUN-DATA',
      `data.file: ${file}:${number}: a quote is not closed; close it in its line`,
    );
  });
  if (header === undefined || others.length === 0 || others.length > mostRows)
    throw new UsageError(
      'TL-RUN-DATA',
      `data.file: ${file} has ${others.length} rows below its header; allowed are 1 to ${mostRows}`,
    );
  return others.map(({ fields, number }) => {
    if (fields.length === header.fields.length)
      return Object.fromEntries(header.fields.map((name, index) => [name, fields[index] ?? '']));
    throw new UsageError(
      'TL-RUN-DATA',
      `data.file: ${file}:${number}: got ${fields.length} fields; allowed are ${header.fields.length}, as in the header`,
    );
  });
}

/** A value that no header can carry would end the load in its middle. */
function refuseUnsendableRow(
  target: URL,
  { profile, row, where }: { readonly profile: LoadProfile; readonly row: DataRow; readonly where: string },
): void {
  for (const endpoint of profile.endpoints) {
    if (placeholdersOf(endpoint).columns.length === 0) continue;
    const whole = filledEndpoint(endpoint, (name, isColumn) => (isColumn ? row[name] : 'value'));
    try {
      if (whole !== null) requestBytes(target, whole, profile.keepAlive);
    } catch (error) {
      throw new UsageError('TL-RUN-DATA', `data.file: ${where} cannot be sent: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }
}
