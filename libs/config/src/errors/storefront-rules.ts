import { type ErrorRule, refuse } from './error-rule.ts';

/** A cart is part of a session. */
export const storefrontSessions: ErrorRule = ({ storefront, sessions }) =>
  storefront.enabled && sessions.store === 'none'
    ? refuse(
        'TL-CONFIG-STOREFRONT-SESSIONS',
        'storefront.enabled',
        'got true with sessions.store none; a cart lives in a session. Set sessions.store to redis, or storefront.enabled to false',
      )
    : [];
