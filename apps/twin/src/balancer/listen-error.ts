/** A server cannot listen where it was asked to; `cause` holds the system’s error. */
export class ListenError extends Error {
  /** The system’s code, for instance EADDRINUSE, EADDRNOTAVAIL or EACCES. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ListenError';
    this.code = code;
  }
}
