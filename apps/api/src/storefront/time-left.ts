const units = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
  ['seconds', 1],
] as const;

export interface TimeLeft {
  readonly seconds: number;
  /** Two digits each; days only where the sale is that long. */
  readonly parts: readonly { readonly unit: string; readonly text: string }[];
  /** To be read out: `1 hour 59 minutes`. */
  readonly spoken: string;
}

/** From now to the end, in whole seconds, at least none. */
export function timeLeft(endsAt: Date, now: Date): TimeLeft {
  const seconds = Math.max(0, Math.ceil((endsAt.getTime() - now.getTime()) / 1000));
  let rest = seconds;
  const counted = units.map(([unit, length]) => {
    const count = Math.floor(rest / length);
    rest %= length;
    return { unit, count };
  });
  const shown = counted.filter(({ unit, count }) => unit !== 'days' || count > 0);
  const said = counted.filter(({ unit, count }) => unit !== 'seconds' && count > 0);
  return {
    seconds,
    parts: shown.map(({ unit, count }) => ({ unit, text: String(count).padStart(2, '0') })),
    spoken:
      said.length === 0
        ? 'less than a minute'
        : said.map(({ unit, count }) => `${count} ${count === 1 ? unit.slice(0, -1) : unit}`).join(' '),
  };
}

const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
  timeZoneName: 'short',
});

/** `22 November at 23:00 UTC`: the server does not know the reader’s zone. */
export const momentText = (date: Date): string => moment.format(date);
