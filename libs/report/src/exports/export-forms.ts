/** Forms that results of a run come in besides the reports, each with what it holds. */
export const runExportForms = {
  junit: 'the verdict, for CI',
  csv: 'timeline, load and metrics',
  hdr: 'latencies as an HdrHistogram log',
} as const;
export type RunExportForm = keyof typeof runExportForms;

/** The same of a release. */
export const releaseExportForms = { junit: runExportForms.junit } as const;
export type ReleaseExportForm = keyof typeof releaseExportForms;
