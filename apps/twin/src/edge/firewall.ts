import { bodyAnswer } from '../balancer/entry-answer.ts';
import type { Entry, EntryAnswer } from '../balancer/entry.ts';
import type { RequestHead } from '../balancer/http/request-head.ts';
import type { AddressRateLimit } from './address-rate-limit.ts';

/** What a client gets that a web ACL blocks. */
export const blockedPage =
  '<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n</body>\r\n</html>\r\n';

/** The limit per address of a web ACL in front of a balancer that clients reach themselves. */
export class Firewall implements Entry {
  readonly passesUpgrades = true;
  readonly patience = null;
  readonly #limit: AddressRateLimit;

  constructor(limit: AddressRateLimit) {
    this.#limit = limit;
  }

  admit(request: RequestHead, clientAddress: string): EntryAnswer | undefined {
    if (!this.#limit.blocks(clientAddress)) return undefined;
    return bodyAnswer(request, '403 Forbidden', { type: 'text/html', body: blockedPage });
  }

  responseFields(): undefined {
    return undefined;
  }
}
