import type { LoadProfileInput } from '../environment.ts';

const root = { path: '/' };
const health = { path: '/health' };

/** A task of a session, told from those of other sessions by when that began. */
const task = (which: string) => ({
  method: 'POST' as const,
  path: '/tasks',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ title: `${which} since {{since}}` }),
});

/** The built-in load profiles, by name. Durations are cloud time, rates are real. */
export const loadProfileInputs = {
  headline: {
    name: 'headline',
    stages: [{ users: 50, usersPerSecond: 5, holdSeconds: 600, requestsPerSecond: 375 }],
    endpoints: [root, health],
    thresholds: { p50Ms: 4, p99Ms: 31 },
  },
  spike: {
    name: 'spike',
    stages: [
      { users: 5, usersPerSecond: 5, holdSeconds: 120, requestsPerSecond: 25 },
      { users: 80, usersPerSecond: 80, holdSeconds: 540, requestsPerSecond: 500 },
      { users: 5, usersPerSecond: 80, holdSeconds: 120, requestsPerSecond: 25 },
    ],
    endpoints: [root],
  },
  steady: {
    name: 'steady',
    stages: [{ users: 10, usersPerSecond: 10, holdSeconds: 900, requestsPerSecond: 25 }],
    endpoints: [root],
  },
  sessions: {
    name: 'sessions',
    stages: [{ users: 10, usersPerSecond: 10, holdSeconds: 900, requestsPerSecond: 25 }],
    cookies: 'per-user',
    endpoints: [
      { path: '/session', when: 'start', extract: [{ name: 'since', path: 'startedAt' }] },
      { ...task('first'), when: 'start' },
      { ...task('second'), when: 'start' },
      {
        method: 'POST',
        path: '/files?name=note.txt',
        headers: { 'content-type': 'text/plain' },
        body: 'kept since {{since}}',
        when: 'start',
        extract: [{ name: 'file', path: 'id' }],
      },
      // Pages use the CPU that scaling follows; what a session holds is asked for beside them.
      { ...root, weight: 16 },
      { path: '/session', weight: 2 },
      { path: '/tasks' },
      { path: '/files/{{file}}' },
    ],
  },
  soak: {
    name: 'soak',
    stages: [{ users: 20, usersPerSecond: 1, holdSeconds: 7200, requestsPerSecond: 100 }],
    endpoints: [root, health],
  },
  flash: {
    name: 'flash',
    stages: [{ users: 100, usersPerSecond: 50, holdSeconds: 1200 }],
    cookies: 'per-user',
    endpoints: [
      { ...root, weight: 9 },
      {
        method: 'POST',
        path: '/cart',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'quantity=1',
        weight: 1,
      },
    ],
    // A closed loop of buyers fills the shop whatever its size; a page that takes longer than this is not responsive.
    thresholds: { p99Ms: 2000 },
  },
} satisfies Record<string, LoadProfileInput>;
