import { basename } from 'node:path';
import { AccessLogReader } from '../access-log/access-log-reader.ts';
import { CloudWatchReader } from '../cloudwatch/cloudwatch-reader.ts';
import { CsvReader } from '../csv/csv-reader.ts';
import type { TraceOptions } from '../open-trace.ts';
import type { RemarkLog } from '../remark-log.ts';
import type { Trace } from '../trace.ts';
import { traceError } from '../trace-codes.ts';
import { textOf } from './text-lines.ts';
import { type TraceFormat, formatOf } from './trace-format.ts';
import type { CreateReader } from './trace-reader.ts';

const readers: Readonly<Record<TraceFormat, CreateReader>> = {
  csv: (options, remarks) => new CsvReader(options, remarks),
  cloudwatch: (options, remarks) => new CloudWatchReader(options, remarks),
  'alb-log': (options, remarks) => new AccessLogReader(options, remarks),
};

/** What the content of a file is told by. */
const beginningLength = 4096;

/** One trace of files of one format. @throws UsageError */
export async function readFiles(
  source: string,
  {
    files,
    options,
    remarks,
  }: { readonly files: readonly string[]; readonly options: TraceOptions; readonly remarks: RemarkLog },
): Promise<Trace> {
  const format = options.format ?? (await commonFormat(files));
  const reader = readers[format](options, remarks);
  for (const file of files) await reader.add(file);
  const { startsAtMs, stepSeconds, requestsPerSecond } = reader.finish();
  return {
    name: basename(source),
    startedAt: new Date(startsAtMs),
    stepSeconds,
    requestsPerSecond: Array.from(requestsPerSecond),
    remarks: remarks.remarks,
  };
}

async function commonFormat(files: readonly string[]): Promise<TraceFormat> {
  const found = new Map<TraceFormat, string>();
  for (const file of files) {
    const format = formatOf(await beginningOf(file));
    if (!found.has(format)) found.set(format, file);
  }
  const [first, second] = found;
  if (first === undefined || second !== undefined)
    throw traceError(
      'TL-TRACE-FORMAT',
      `got files of different formats: ${[...found].map(([format, file]) => `${file} is ${format}`).join(', ')}; allowed is one format for one trace: name the files by a pattern, or give --trace-format`,
    );
  return first[0];
}

/** @throws UsageError TL-TRACE-FORMAT for what is no text in UTF-8 */
async function beginningOf(file: string): Promise<string> {
  for await (const text of textOf(file)) {
    const beginning = text.slice(0, beginningLength);
    if (!beginning.includes('\u0000') && !beginning.includes('\ufffd')) return beginning;
    throw traceError(
      'TL-TRACE-FORMAT',
      `${file}: got binary data, or text in UTF-16; allowed are CSV, JSON and access logs in UTF-8, plain or gzip`,
    );
  }
  return '';
}
