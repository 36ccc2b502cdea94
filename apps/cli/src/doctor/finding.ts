/** What a person may want to do. */
export const purposes = ['up', 'deploy'] as const;
export type Purpose = (typeof purposes)[number];

/** One thing that was looked for. */
export interface Finding {
  readonly id: string;
  /** Whether it is there, and recent enough. */
  readonly ok: boolean;
  /** Version, or what was found. */
  readonly found: string;
  /** What it is for. */
  readonly use: string;
  /** What does not work without it. */
  readonly neededFor: readonly Purpose[];
  /** How to get it; null where it is there. */
  readonly fix: string | null;
}

/** Whether what a person wants to do lacks something. */
export const lacks = (findings: readonly Finding[], purpose: Purpose): boolean =>
  findings.some(({ ok, neededFor }) => !ok && neededFor.includes(purpose));
