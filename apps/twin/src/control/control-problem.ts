import type { Context } from 'hono';

/** A request to the control API that cannot be served. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem';
  readonly status: 400 | 403 | 404 | 409 | 413;

  constructor(status: 400 | 403 | 404 | 409 | 413, message: string) {
    super(message);
    this.status = status;
  }
}

/** Answers with a problem-details body (RFC 9457). */
export function problemResponse(context: Context, error: Error): Response {
  const status = error instanceof ControlProblem ? error.status : 500;
  const problem = { type: 'about:blank', title: error.name, status, detail: error.message };
  return context.body(JSON.stringify(problem), status, { 'content-type': 'application/problem+json' });
}
