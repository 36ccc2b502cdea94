import type { Environment } from '@tideline/config';
import type { Clock } from '../../clock/clock.ts';
import type { RequestHead } from '../http/request-head.ts';

/** The cookie among the field lines of a request, wherever it stands in its Cookie field. */
const cookie = /^cookie:(?:[^\r\n]*;)?[ \t]*AWSALB=([\w-]+)/im;

/**
 * Sticky sessions by a cookie of the balancer (lb_cookie): AWSALB names a target and when it ends, and every response renews
 * it. Its duration is cloud time; `Expires` says the same in the client’s time.
 */
export class Stickiness {
  readonly #durationSeconds: number;
  readonly #clock: Clock;

  private constructor(durationSeconds: number, clock: Clock) {
    this.#durationSeconds = durationSeconds;
    this.#clock = clock;
  }

  /** Undefined where `stickinessSeconds` is 0. */
  static of({
    loadBalancer: { stickinessSeconds },
    clock,
  }: {
    readonly loadBalancer: Pick<Environment['loadBalancer'], 'stickinessSeconds'>;
    readonly clock: Clock;
  }): Stickiness | undefined {
    return stickinessSeconds === 0 ? undefined : new Stickiness(stickinessSeconds, clock);
  }

  /** Id of the target that a request asks for; undefined without a cookie, or with one that is over or not of this balancer. */
  targetOf({ fields }: Pick<RequestHead, 'fields'>): string | undefined {
    const value = cookie.exec(fields)?.[1];
    if (value === undefined) return undefined;
    const [, endsAt, targetId] = /^(\d+(?:\.\d+)?) (.+)$/s.exec(decode(value)) ?? [];
    return Number(endsAt) > this.#clock.now() ? targetId : undefined;
  }

  /** The field line that makes a client stay with a target. */
  fieldFor(targetId: string): string {
    const value = encode(`${this.#clock.now() + this.#durationSeconds} ${targetId}`);
    const expires = new Date(Date.now() + (this.#durationSeconds / this.#clock.speed) * 1000);
    return `Set-Cookie: AWSALB=${value}; Expires=${expires.toUTCString()}; Path=/\r\n`;
  }
}

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');
const decode = (value: string): string => Buffer.from(value, 'base64url').toString('utf8');
