/** The service cannot start: its tasks or instances keep failing, and there is nothing to return to. */
export class ServiceStalledError extends Error {
  override readonly name = 'ServiceStalledError';
}
