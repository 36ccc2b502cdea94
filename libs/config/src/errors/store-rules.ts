import { type ErrorRule, refuse } from './error-rule.ts';

/** S3 takes no rule that deletes objects before it moves them. */
export const filesExpiry: ErrorRule = ({ files }) =>
  files.store === 'none' || files.expireAfterDays === null || files.expireAfterDays > files.coldAfterDays
    ? []
    : refuse(
        'TL-CONFIG-FILES-EXPIRY',
        'files.expireAfterDays',
        `must be above coldAfterDays; got ${files.expireAfterDays} and ${files.coldAfterDays}. Raise the first or lower the second`,
      );

/** ElastiCache takes no window of less than an hour (API reference, CreateReplicationGroup, SnapshotWindow). */
export const snapshotWindow: ErrorRule = ({ sessions }) => {
  const window = sessions.snapshotWindow;
  if (window === null) return [];
  if (sessions.snapshotRetentionDays === 0)
    return refuse(
      'TL-CONFIG-SNAPSHOT-WINDOW',
      'sessions.snapshotWindow',
      `got ${window} with snapshotRetentionDays 0, which takes no snapshot. Set snapshotRetentionDays to 1 or more, or the window to null`,
    );
  const minutes = windowMinutes(window);
  if (minutes >= shortestWindowMinutes) return [];
  return refuse(
    'TL-CONFIG-SNAPSHOT-WINDOW',
    'sessions.snapshotWindow',
    `got ${window}, which is ${minutes} minutes; allowed: ${shortestWindowMinutes} or more. Set a later end, or null`,
  );
};

const shortestWindowMinutes = 60;
const dayMinutes = 24 * 60;

/** From one time of the day to the next other one, past midnight too. */
function windowMinutes(window: string): number {
  const [from = 0, to = 0] = window.split('-').map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return hours * 60 + minutes;
  });
  return (to - from + dayMinutes) % dayMinutes;
}

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
