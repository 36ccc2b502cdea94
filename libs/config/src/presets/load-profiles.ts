import type { LoadProfileInput } from '../environment.ts';

const root = { path: '/' };
const health = { path: '/health' };

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
