import { type ErrorRule, refuse } from './error-rule.ts';

/** A file belongs to a session. */
export const filesNeedSessions: ErrorRule = ({ files, sessions }) =>
  files.store === 'none' || sessions.store !== 'none'
    ? []
    : refuse(
        'TL-CONFIG-FILES-SESSIONS',
        'files.store',
        `got ${files.store} with sessions.store none; a file belongs to a session. Set sessions.store to redis, or files.store to none`,
      );
