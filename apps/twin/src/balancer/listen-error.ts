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

/** Says why a server cannot listen at this address, and what to do about it. */
export function listenError(
  error: NodeJS.ErrnoException,
  { host, port }: { readonly host: string; readonly port: number },
): ListenError {
  const code = error.code ?? 'UNKNOWN';
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program listens there; stop it, choose another port, or use 0 for a free one',
    EACCES: 'this user may not use that port; choose one above 1023, or 0 for a free one',
    EADDRNOTAVAIL: 'the address is not one of this machine’s; use 127.0.0.1',
  };
  const message = `cannot listen on ${host}:${port}: ${reasons[code] ?? error.message} (${code})`;
  return new ListenError(code, message, { cause: error });
}
