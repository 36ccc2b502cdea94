/**
 * What a page can do without, and is nicer with: the countdown ticks, and a form goes out once per click. The page says how
 * many seconds are left, so that a reader’s clock that is wrong does no harm.
 */
export const script = `
'use strict';
for (const clock of document.querySelectorAll('[data-seconds-left]')) {
  const endsAtMs = performance.now() + Number(clock.dataset.secondsLeft) * 1000;
  const spoken = clock.parentElement.querySelector('[data-spoken]');
  const write = (element, text) => {
    if (element !== null && element.textContent !== text) element.textContent = text;
  };
  const unitSeconds = { days: 86400, hours: 3600, minutes: 60, seconds: 1 };
  const tick = () => {
    let left = Math.max(0, Math.ceil((endsAtMs - performance.now()) / 1000));
    if (left === 0) {
      clearInterval(timer);
      location.reload();
      return;
    }
    const said = [];
    for (const [unit, seconds] of Object.entries(unitSeconds)) {
      const count = Math.floor(left / seconds);
      left %= seconds;
      write(clock.querySelector('[data-unit=' + unit + ']'), String(count).padStart(2, '0'));
      if (unit !== 'seconds' && count > 0) said.push(count + ' ' + (count === 1 ? unit.slice(0, -1) : unit));
    }
    // For whoever comes to it: the digits are hidden from them, and nobody is interrupted each minute.
    write(spoken, said.join(' ') || 'less than a minute');
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
