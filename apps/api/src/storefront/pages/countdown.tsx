import { momentText, timeLeft } from '../time-left.ts';

/** How long the sale goes on: right when it was rendered, and ticking where there is a script. */
export const Countdown = ({ endsAt, now }: { readonly endsAt: Date; readonly now: Date }) => {
  const left = timeLeft(endsAt, now);
  return (
    <section class="clock" aria-labelledby="ends-in">
      <h2 id="ends-in">
        Ends in{' '}
        <span class="hidden" data-spoken>
          {left.spoken}
        </span>
      </h2>
      <div class="units" data-seconds-left={left.seconds} aria-hidden="true">
        {left.parts.map(({ unit, text }) => (
          <span>
            <b data-unit={unit}>{text}</b>
            <small>{unit}</small>
          </span>
        ))}
      </div>
      <p class="ends">
        On <time datetime={endsAt.toISOString()}>{momentText(endsAt)}</time>
      </p>
    </section>
  );
};
