import { ListenError } from './listen-error.ts';

/** Another program listens on the port that was asked for. */
export class PortInUseError extends ListenError {
  readonly port: number;

  constructor(port: number, options?: ErrorOptions) {
    super(
      'EADDRINUSE',
      `port ${port} is in use by another program: stop it, choose another port, or use 0 for a free one`,
      options,
    );
    this.name = 'PortInUseError';
    this.port = port;
  }
}
