/** What the files of a trace may be. */
export const traceFormats = ['csv'] as const;
export type TraceFormat = (typeof traceFormats)[number];

/** The format of a text by its beginning. */
export const formatOf = (_beginning: string): TraceFormat => 'csv';
