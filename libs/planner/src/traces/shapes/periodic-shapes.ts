import { type RateAt, days, hours, minutes, percent, rate, shape, stepSeconds } from './shape.ts';

const daySeconds = 86_400;

/** From low at `lowHour` to high twelve hours later and back: a cosine. */
const wave =
  (low: number, high: number, highHour: number): RateAt =>
  (seconds) =>
    low + (high - low) * 0.5 * (1 + Math.cos((2 * Math.PI * (seconds - highHour * 3600)) / daySeconds));

/**
 * Multiplies rates by noise that lasts: each step keeps 0.8 of the deviation of the step before (an autoregressive process
 * of order 1) and gets a normal one, so that its standard deviation over time is `noisePercent` of the rate.
 */
function noisy(rateAt: RateAt, noisePercent: number, random: () => number): RateAt {
  if (noisePercent === 0) return rateAt;
  const kept = 0.8;
  const fresh = (noisePercent / 100) * Math.sqrt(1 - kept * kept);
  let deviation = (noisePercent / 100) * normal(random);
  return (seconds) => {
    const result = Math.max(0, rateAt(seconds) * (1 + deviation));
    deviation = kept * deviation + fresh * normal(random);
    return result;
  };
}

/** A number of the standard normal distribution (Box and Muller, 1958). */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** One wave a day. */
export const daily = shape({
  meaning: 'one wave a day, the same every day',
  parameters: {
    low: rate('lowest rate of a day', 10),
    high: rate('highest rate of a day', 100),
    highHour: hours('time of the highest rate, after the start of a day', 15),
    noisePercent: percent('standard deviation of the noise, of the rate', 0),
    days: days(14),
    stepSeconds,
  },
  rates: ({ low, high, highHour, noisePercent }, random) =>
    noisy(wave(low, high, highHour), noisePercent, random),
});

/** A wave every day, lower on two days of seven, with noise. */
export const weekly = shape({
  meaning: 'one wave a day, lower on the last two days of each week, with noise',
  parameters: {
    low: rate('lowest rate of a day', 10),
    high: rate('highest rate of a working day', 100),
    highHour: hours('time of the highest rate, after the start of a day', 15),
    weekendPercent: percent('highest rate of the last two days of a week, of that of the others', 45),
    noisePercent: percent('standard deviation of the noise, of the rate', 8),
    days: days(14),
    stepSeconds,
  },
  rates: ({ low, high, highHour, weekendPercent, noisePercent }, random) => {
    const working = wave(low, high, highHour);
    const free = wave(low, Math.max(low, (high * weekendPercent) / 100), highHour);
    const rateAt: RateAt = (seconds) => (Math.floor(seconds / daySeconds) % 7 < 5 ? working : free)(seconds);
    return noisy(rateAt, noisePercent, random);
  },
});

/** A daily wave, and each day at a time of its own a crowd that comes at once and goes slowly. */
export const flashCrowd = shape({
  meaning: 'a daily wave, and each day, at a random time, a crowd that comes within minutes and goes slowly',
  parameters: {
    low: rate('lowest rate of a day without the crowd', 10),
    high: rate('highest rate of a day without the crowd', 40),
    crowd: rate('what the crowd adds at its height', 200),
    riseMinutes: minutes('time in which the crowd comes', 5),
    fallMinutes: minutes('time in which all but 37 % of the crowd has gone', 60),
    days: days(14),
    stepSeconds,
  },
  rates: ({ low, high, crowd, riseMinutes, fallMinutes, days: length }, random) => {
    const usual = wave(low, high, 15);
    const starts = Array.from({ length: Math.ceil(length) }, (_, day) => (day + random()) * daySeconds);
    const riseSeconds = riseMinutes * 60;
    const fallSeconds = Math.max(1, fallMinutes * 60);
    return (seconds) =>
      starts.reduce((sum, start) => {
        const since = seconds - start;
        if (since < 0) return sum;
        if (since < riseSeconds) return sum + (crowd * since) / riseSeconds;
        return sum + crowd * Math.exp(-(since - riseSeconds) / fallSeconds);
      }, usual(seconds));
  },
});

/** A high rate for some minutes, a low one for some, and so on. */
export const onOff = shape({
  meaning: 'a high rate for a while, then a low one for a while, over and over',
  parameters: {
    low: rate('rate of the quiet stretches', 0),
    high: rate('rate of the busy stretches', 100),
    onMinutes: minutes('length of a busy stretch', 60),
    offMinutes: minutes('length of a quiet stretch', 180),
    days: days(14),
    stepSeconds,
  },
  rates: ({ low, high, onMinutes, offMinutes }) => {
    const cycleSeconds = Math.max(1, (onMinutes + offMinutes) * 60);
    return (seconds) => (seconds % cycleSeconds < onMinutes * 60 ? high : low);
  },
});
