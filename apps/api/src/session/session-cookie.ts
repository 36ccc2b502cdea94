import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** No `__Host-` in front: that wants `Secure` and the path `/`, and a base path or plain HTTP has neither. */
export const cookieName = 'tideline_session';

const idBytes = 18;
const macBytes = 32;
const signedId = /^([\w-]{24})\.([\w-]{43})$/;

export interface CookieOptions {
  /**
   * The first signs, each verifies. Processes that serve at the same time must know what each other signs with: a new
   * key goes to the end, comes to the front once every process has it, and the old one leaves when its sessions are over.
   */
  readonly keys: readonly string[];
  /** The API’s base path; the cookie goes nowhere else. */
  readonly basePath: string;
  readonly idleSeconds: number;
}

/** Session ids as a browser keeps them: random, and signed so that nobody else can make one. */
export class SessionCookie {
  readonly #keys: readonly string[];
  readonly #attributes: string;
  readonly #idleSeconds: number;

  constructor({ keys, basePath, idleSeconds }: CookieOptions) {
    this.#keys = keys;
    this.#attributes = `Path=${basePath === '' ? '/' : basePath}; HttpOnly; SameSite=Lax`;
    this.#idleSeconds = idleSeconds;
  }

  /** 144 random bits. */
  newId(): string {
    return randomBytes(idBytes).toString('base64url');
  }

  /**
   * The session of a `cookie` header. Of several cookies by the name, say from another path, a signed one counts.
   * @returns the id, which is undefined without a cookie, or `forged` where none is signed with one of the keys
   */
  read(header: string | undefined): { readonly id: string | undefined } | 'forged' {
    const values = (header ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(`${cookieName}=`))
      .map((pair) => pair.slice(cookieName.length + 1));
    if (values.length === 0) return { id: undefined };
    for (const value of values) {
      const id = this.#verified(value);
      if (id !== undefined) return { id };
    }
    return 'forged';
  }

  /** A `set-cookie` header that renews the session’s time. */
  write(id: string, { isSecure }: { readonly isSecure: boolean }): string {
    return this.#header(`${id}.${this.#mac(id, this.#keys[0] ?? '').toString('base64url')}`, {
      maxAgeSeconds: this.#idleSeconds,
      isSecure,
    });
  }

  /** A `set-cookie` header that takes the cookie away. */
  clear({ isSecure }: { readonly isSecure: boolean }): string {
    return this.#header('', { maxAgeSeconds: 0, isSecure });
  }

  #header(
    value: string,
    { maxAgeSeconds, isSecure }: { readonly maxAgeSeconds: number; readonly isSecure: boolean },
  ): string {
    return `${cookieName}=${value}; Max-Age=${maxAgeSeconds}; ${this.#attributes}${isSecure ? '; Secure' : ''}`;
  }

  /** Every key is tried, so that the time tells nothing of which one fits. */
  #verified(value: string): string | undefined {
    const [, id, sent] = signedId.exec(value) ?? [];
    if (id === undefined || sent === undefined) return undefined;
    const mac = Buffer.from(sent, 'base64url');
    if (mac.length !== macBytes) return undefined;
    const matches = this.#keys.filter((key) => timingSafeEqual(this.#mac(id, key), mac));
    return matches.length > 0 ? id : undefined;
  }

  #mac(id: string, key: string): Buffer {
    return createHmac('sha256', key).update(`${cookieName}:${id}`).digest();
  }
}
