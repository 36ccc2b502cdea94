const kindByErrorCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-reset',
  EPIPE: 'connection-reset',
  ETIMEDOUT: 'timeout',
};

/** The kind of failure that a status code is, such as `http-502`; null for an answer (2xx and 3xx). */
export const failureOfStatus = (statusCode: number): string | null =>
  statusCode >= 200 && statusCode < 400 ? null : `http-${statusCode}`;

/** The kind of failure behind a socket’s error: `connection-refused`, `connection-reset`, `timeout`, or `other-<code>`. */
export function failureOfError(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  return kindByErrorCode[code] ?? `other-${code.toLowerCase()}`;
}
