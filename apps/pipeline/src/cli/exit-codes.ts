/** Exit codes: done, failed on the way, refused before anything was changed, interrupted. */
export const exitCodes = { done: 0, failed: 1, refused: 2, interrupted: 130 } as const;
