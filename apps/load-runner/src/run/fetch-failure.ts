/** Why a `fetch` failed, in words: its own error only says that it did, and has the reason as its cause. */
export function fetchFailure(error: unknown): string {
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return reason instanceof Error ? reason.message : String(reason);
}
