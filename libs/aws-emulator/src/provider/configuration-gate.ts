/** A connection that uses the provider until it closes. */
interface Session {
  readonly destroyed: boolean;
  once(event: 'close', listener: () => void): unknown;
}

/**
 * Lets sessions use a provider that keeps one configuration: those that come with the same one at the same time, others once
 * the last of these has closed. Else a stack would get the tags of the stack beside it.
 */
export class ConfigurationGate {
  readonly #users = new Set<Session>();
  readonly #waiting: (() => void)[] = [];
  #configuration: Buffer = Buffer.alloc(0);

  /** Resolves once the session may configure the provider, or is gone. */
  async enter(session: Session, configuration: Buffer): Promise<void> {
    while (this.#users.size > 0 && !this.#configuration.equals(configuration))
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (session.destroyed) {
      this.#wake();
      return;
    }
    this.#configuration = configuration;
    this.#users.add(session);
    session.once('close', () => {
      this.#users.delete(session);
      if (this.#users.size === 0) this.#wake();
    });
  }

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }
}
