/**
 * What a page can do without, and is nicer with: the countdown ticks, and a form goes out once per click. The page says how
 * many seconds are left, so that a reader’s clock that is wrong does no harm.
 */
export const script = `
'use strict';
for (const clock of document.querySelectorAll('[data-seconds-left]')) {
  const endsAtMs = performance.now() + Number(clock.dataset.secondsLeft) * 1000;
  const unitSeconds = { days: 86400, hours: 3600, minutes: 60, seconds: 1 };
  const tick = () => {
    let left = Math.max(0, Math.ceil((endsAtMs - performance.now()) / 1000));
    if (left === 0) {
      clearInterval(timer);
      location.reload();
      return;
    }
    for (const [unit, seconds] of Object.entries(unitSeconds)) {
      const shown = clock.querySelector('[data-unit=' + unit + ']');
      if (shown === null) continue;
      const text = String(Math.floor(left / seconds)).padStart(2, '0');
      left %= seconds;
      if (shown.textContent !== text) shown.textContent = text;
    }
  };
  const timer = setInterval(tick, 250);
}
for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent === 'true') event.preventDefault();
    form.dataset.sent = 'true';
  });
}
// A page from the back/forward cache is to be usable again.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form')) delete form.dataset.sent;
});
`;
