import { UsageError } from '@tideline/process';

/** Why a trace is refused, by its stable code; docs/reference/traces.md lists the same. */
export const traceErrorCodes = {
  'TL-TRACE-SOURCE': 'The file, folder or shape is not there, or cannot be read.',
  'TL-TRACE-OPTION':
    'An option of a trace has a value that is not allowed, or two options contradict each other.',
  'TL-TRACE-SHAPE': 'A shape has no such parameter, or its value is out of range.',
  'TL-TRACE-FORMAT':
    'The content is in no format that the reader knows, or files of one trace are in different ones.',
  'TL-TRACE-EMPTY': 'There is no value to read.',
  'TL-TRACE-SHORT': 'There are too few values to find their period.',
  'TL-TRACE-COLUMN': 'A column is not there, or it is unclear which one is meant.',
  'TL-TRACE-UNIT':
    'What a name says of the values cannot be read or contradicts the options, or files of one trace have both counts and rates.',
  'TL-TRACE-ROW':
    'A row lacks a field, has more than the first row, is too long, or has a quote that is not closed.',
  'TL-TRACE-TIME': 'A time cannot be read.',
  'TL-TRACE-ZONE':
    'Times with and without a zone are mixed, the zone is unknown, or a local time does not exist.',
  'TL-TRACE-NUMBER': 'A value is no number, or comes to a rate above 10^12 requests per second.',
  'TL-TRACE-NEGATIVE': 'A value is below zero.',
  'TL-TRACE-DUPLICATE': 'A time occurs twice, with different values.',
  'TL-TRACE-PERIOD': 'The values are too irregular to have a period.',
  'TL-TRACE-GAP':
    'Values are missing, and the options say that none may be; or more are missing than are there.',
  'TL-TRACE-LENGTH': 'The trace would have more steps than are held.',
  'TL-TRACE-GZIP': 'A compressed file is cut off or damaged.',
  'TL-TRACE-JSON': 'The JSON is not what the AWS CLI prints for a metric.',
  'TL-TRACE-AWS': 'CloudWatch cannot be asked, or has no values of the resource.',
} as const;
export type TraceErrorCode = keyof typeof traceErrorCodes;

/** What the reader of a trace repaired, assumed or doubts, by its stable code. */
export const traceRemarkCodes = {
  'TL-TRACE-UNIT-ASSUMED': 'Nothing says whether values are counts or rates; they were read as counts.',
  'TL-TRACE-ZONE-ASSUMED': 'Times have no zone and none was given; they were read as UTC.',
  'TL-TRACE-ZONES-MIXED': 'Times have different offsets from UTC; each was read with its own.',
  'TL-TRACE-DST': 'Local times were repeated when clocks went back; their order says which is which.',
  'TL-TRACE-UNORDERED': 'Rows were not in the order of time; they were sorted.',
  'TL-TRACE-REPEATED': 'A time occurred more than once; what was kept is said.',
  'TL-TRACE-BLANK': 'Rows had no value; they count as missing.',
  'TL-TRACE-IRREGULAR': 'Times are not a whole number of periods apart; values were spread over even steps.',
  'TL-TRACE-GAP-FILLED': 'Values were missing; what was put in is said.',
  'TL-TRACE-GAP-ZERO': 'Steps without an entry count as steps without requests.',
  'TL-TRACE-PARTIAL': 'The first or last step, or the answer of CloudWatch, may be incomplete.',
  'TL-TRACE-OLD-LOG': 'Log entries have no time of arrival; the time of the answer was taken.',
  'TL-TRACE-SCALED': 'Rates were multiplied.',
} as const;
export type TraceRemarkCode = keyof typeof traceRemarkCodes;

/** A mistake in a trace or its options. @param message what, what was got, what is allowed, how to fix it */
export const traceError = (code: TraceErrorCode, message: string, options?: ErrorOptions): UsageError =>
  new UsageError(code, message, options);
