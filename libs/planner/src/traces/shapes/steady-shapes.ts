import { days, hours, minutes, rate, shape, stepSeconds } from './shape.ts';

/** The same rate all the time. */
export const constant = shape({
  meaning: 'the same rate all the time',
  parameters: { requestsPerSecond: rate('rate', 50), days: days(1), stepSeconds },
  rates:
    ({ requestsPerSecond }) =>
    () =>
      requestsPerSecond,
});

/** A rate, and from a moment on another one. */
export const step = shape({
  meaning: 'a low rate, and from a moment on a high one',
  parameters: {
    low: rate('rate before', 20),
    high: rate('rate after', 100),
    atHours: hours('time of the change', 12),
    days: days(1),
    stepSeconds,
  },
  rates:
    ({ low, high, atHours }) =>
    (seconds) =>
      seconds < atHours * 3600 ? low : high,
});

/** A straight line from one rate to another over the whole length. */
export const ramp = shape({
  meaning: 'a straight line from a low rate to a high one',
  parameters: {
    low: rate('rate at the start', 10),
    high: rate('rate at the end', 100),
    days: days(1),
    stepSeconds,
  },
  rates:
    ({ low, high, days: length }) =>
    (seconds) =>
      low + ((high - low) * seconds) / (length * 86_400),
});

/** A low rate with one high stretch that begins and ends at once. */
export const spike = shape({
  meaning: 'a low rate with one stretch of a high one, which begins and ends at once',
  parameters: {
    low: rate('rate outside', 20),
    high: rate('rate inside', 200),
    atHours: hours('start of the stretch', 6),
    spikeMinutes: minutes('length of the stretch', 15),
    days: days(1),
    stepSeconds,
  },
  rates:
    ({ low, high, atHours, spikeMinutes }) =>
    (seconds) =>
      seconds >= atHours * 3600 && seconds < atHours * 3600 + spikeMinutes * 60 ? high : low,
});
