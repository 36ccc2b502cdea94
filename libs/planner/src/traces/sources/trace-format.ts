/** What the files of a trace may be. */
export const traceFormats = ['csv', 'cloudwatch', 'alb-log'] as const;
export type TraceFormat = (typeof traceFormats)[number];

/** The start of a line of an access log: kind of request, time of the answer, balancer. */
const accessLogStart = /^[a-z0-9]+ \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z (?:app\/\S+|\S+) \S+:\d+ /;

/** The format of a text by its beginning: JSON begins with a brace or bracket, an access log with its first fields; all else is CSV. */
export function formatOf(beginning: string): TraceFormat {
  const start = beginning.trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return 'cloudwatch';
  const line = start.split('\n', 1)[0] ?? '';
  return accessLogStart.test(line) ? 'alb-log' : 'csv';
}
