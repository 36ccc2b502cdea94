import { type ErrorRule, refuse } from './error-rule.ts';

/** S3 takes no rule that deletes objects before it moves them. */
export const filesExpiry: ErrorRule = ({ files }) =>
  files.store === 'none' || files.expireAfterDays > files.coldAfterDays
    ? []
    : refuse(
        'TL-CONFIG-FILES-EXPIRY',
        'files.expireAfterDays',
        `must be above coldAfterDays; got ${files.expireAfterDays} and ${files.coldAfterDays}. Raise the first or lower the second`,
      );

/** A file belongs to a session. */
export const filesNeedSessions: ErrorRule = ({ files, sessions }) =>
  files.store === 'none' || sessions.store !== 'none'
    ? []
    : refuse(
        'TL-CONFIG-FILES-SESSIONS',
        'files.store',
        `got ${files.store} with sessions.store none; a file belongs to a session. Set sessions.store to redis, or files.store to none`,
      );

/** A cart is part of a session. */
export const storefrontSessions: ErrorRule = ({ storefront, sessions }) =>
  storefront.enabled && sessions.store === 'none'
    ? refuse(
        'TL-CONFIG-STOREFRONT-SESSIONS',
        'storefront.enabled',
        'got true with sessions.store none; a cart lives in a session. Set sessions.store to redis, or storefront.enabled to false',
      )
    : [];
