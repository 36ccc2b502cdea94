import { originHeader } from '@tideline/config';
import { bodyAnswer } from '../balancer/entry-answer.ts';
import type { Entry, EntryAnswer } from '../balancer/entry.ts';
import { fieldValue } from '../balancer/http/field-cursor.ts';
import type { RequestHead } from '../balancer/http/request-head.ts';

/** A listener that forwards what shows the secret header, and answers everything else itself. */
export class OriginGuard implements Entry {
  readonly passesUpgrades = true;
  readonly patience = null;
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  admit(request: RequestHead): EntryAnswer | undefined {
    if (fieldValue(request.fields, originHeader) === this.#secret) return undefined;
    const body = 'This balancer answers to its CloudFront distribution alone.';
    return bodyAnswer(request, '403 Forbidden', { type: 'text/plain', body });
  }

  responseFields(): undefined {
    return undefined;
  }
}
