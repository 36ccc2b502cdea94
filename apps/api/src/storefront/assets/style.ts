/** The storefront’s style sheet: dawn over the sea, or night where the reader prefers dark. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: #14242e; --quiet: #47565f; --line: #d9cdbb; --card: #fffdf9; --field: #fff; --track: #eadfce;
  --accent: #b8321a; --accent-strong: #98260f; --on-accent: #fff; --focus: #0b4f6c;
  --sky-top: #fff8ee; --sky-middle: #ffe9d0; --sky-low: #ffc9a0; --disc: #f4683f; --glow: #ffb27d;
  --wave-far: #5fb0aa; --wave-mid: #2b8388; --wave-near: #12535f; --deep: #0d3f4a; --on-deep: #e6f1ee;
  --good: #0c5c4c; --good-ground: #dff3ea; --bad: #8a2410; --bad-ground: #fde6dc;
  --shadow: 0 1.5rem 2.5rem rgb(92 46 18 / 0.22);
  --display: "Arial Narrow", "Liberation Sans Narrow", "Helvetica Neue", Arial, sans-serif;
  --text: ui-sans-serif, system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #f4eee1; --quiet: #b7c2c9; --line: #34495a; --card: #12212e; --field: #0b1722; --track: #263b4b;
    --accent: #ff8a5f; --accent-strong: #ffa683; --on-accent: #2a0d03; --focus: #8fd6ff;
    --sky-top: #060d16; --sky-middle: #0d1d2d; --sky-low: #1d3a52; --disc: #f7e6bd; --glow: #5c6a72;
    --wave-far: #1f5566; --wave-mid: #123b4b; --wave-near: #0a2733; --deep: #071c26; --on-deep: #cfe0e2;
    --good: #9be3c8; --good-ground: #0f3a31; --bad: #ffb9a1; --bad-ground: #46190d;
    --shadow: 0 1.5rem 3rem rgb(0 0 0 / 0.55);
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column;
  font: 1.0625rem/1.55 var(--text); color: var(--ink);
  background: var(--deep);
}
.sky {
  flex: 1; display: flex; flex-direction: column; position: relative; isolation: isolate;
  background: linear-gradient(var(--sky-top), var(--sky-middle) 45%, var(--sky-low));
}
h1, h2, p, dl, dd, ul { margin: 0; }
a { color: inherit; text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; border-radius: 0.3rem; }
.skip { position: absolute; left: 1rem; top: -4rem; z-index: 2; padding: 0.6rem 1rem; background: var(--card); border-radius: 0.5rem; }
.skip:focus { top: 0.75rem; }
.shell { width: 100%; max-width: 74rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2.5rem); }
.bar { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding-block: 1rem; }
.brand { display: inline-flex; align-items: center; gap: 0.6rem; min-height: 2.75rem; font-weight: 700; letter-spacing: 0.01em; text-decoration: none; }
.brand svg { width: 2rem; height: 2rem; }
.cart-link {
  display: inline-flex; align-items: center; gap: 0.55rem; min-height: 2.75rem; padding: 0.4rem 0.5rem 0.4rem 1.1rem;
  border: 1.5px solid currentColor; border-radius: 99rem; font-weight: 600; text-decoration: none;
}
.cart-link:hover { background: var(--card); }
.count { min-width: 1.9rem; padding: 0.1rem 0.5rem; border-radius: 99rem; text-align: center; background: var(--ink); color: var(--card); font-variant-numeric: tabular-nums; }
main { flex: 1; padding-block: clamp(0.5rem, 3vw, 2rem) clamp(9rem, 22vw, 15rem); }
main:focus { outline: none; }

.notice { display: flex; gap: 0.75rem; align-items: center; margin-bottom: 1.5rem; padding: 0.85rem 1.1rem; border-radius: 0.9rem; font-weight: 600; background: var(--good-ground); color: var(--good); border: 1.5px solid currentColor; }
.notice.bad { background: var(--bad-ground); color: var(--bad); }
.notice svg { flex: none; width: 1.5rem; height: 1.5rem; }

.hero { display: grid; gap: clamp(2rem, 5vw, 4.5rem); align-items: center; }
@media (min-width: 56rem) { .hero { grid-template-columns: minmax(0, 1.2fr) minmax(0, 25rem); } }
.kicker { display: inline-block; padding: 0.3rem 0.75rem; border-radius: 99rem; background: var(--ink); color: var(--card); font-size: 0.8125rem; font-weight: 700; letter-spacing: 0.09em; text-transform: uppercase; }
.headline {
  margin-block: 0.9rem 0; padding-bottom: 0.22em; font-family: var(--display); font-weight: 800; font-stretch: condensed;
  font-size: clamp(3.1rem, 14vw, 7.75rem); line-height: 0.9; letter-spacing: -0.025em; text-wrap: balance; overflow-wrap: anywhere; hyphens: auto;
}
.headline.long { font-size: clamp(2.4rem, 8vw, 4.5rem); line-height: 0.98; }
.offer { max-width: 34rem; font-size: clamp(1.1rem, 2.2vw, 1.35rem); line-height: 1.45; color: var(--quiet); text-wrap: pretty; overflow-wrap: anywhere; }
.clock { margin-top: clamp(1.5rem, 4vw, 2.5rem); }
.clock h2 { font-size: 0.9375rem; font-weight: 600; color: var(--quiet); }
.units { display: flex; gap: 0.5rem; margin-top: 0.5rem; }
.units > span { flex: 0 1 5.6rem; padding: 0.65rem 0.4rem 0.55rem; border-radius: 0.9rem; text-align: center; background: color-mix(in srgb, var(--card) 78%, transparent); border: 1px solid color-mix(in srgb, var(--ink) 14%, transparent); }
.units b { display: block; font-family: var(--display); font-size: clamp(1.9rem, 7vw, 2.7rem); line-height: 1; font-variant-numeric: tabular-nums; }
.units small { font-size: 0.8125rem; color: var(--quiet); }
.ends { margin-top: 0.6rem; font-size: 0.9375rem; color: var(--quiet); }

.ticket { filter: drop-shadow(var(--shadow)); --notch: 0.85rem; }
.ticket > * { padding: clamp(1.25rem, 4vw, 1.75rem); }
.ticket-body, .ticket-stub { background-repeat: no-repeat; background-size: 51% 100%; }
.ticket-body {
  border-radius: 1.4rem 1.4rem 0 0; background-position: left, right;
  background-image: radial-gradient(circle at 0 100%, transparent calc(var(--notch) - 0.5px), var(--card) var(--notch)), radial-gradient(circle at 100% 100%, transparent calc(var(--notch) - 0.5px), var(--card) var(--notch));
}
.ticket-stub {
  position: relative; margin-top: -0.5px; border-radius: 0 0 1.4rem 1.4rem; background-position: left, right;
  background-image: radial-gradient(circle at 0 0, transparent calc(var(--notch) - 0.5px), var(--card) var(--notch)), radial-gradient(circle at 100% 0, transparent calc(var(--notch) - 0.5px), var(--card) var(--notch));
}
.ticket-stub::before { content: ""; position: absolute; top: -1px; left: 1.5rem; right: 1.5rem; border-top: 2px dashed var(--line); }
.product { font-size: 1.25rem; line-height: 1.25; font-weight: 700; overflow-wrap: anywhere; }
.price { margin-top: 0.35rem; font-family: var(--display); font-weight: 800; font-size: clamp(3rem, 13vw, 4.25rem); line-height: 1; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.price small { font-family: var(--text); font-size: 1rem; font-weight: 500; letter-spacing: 0; color: var(--quiet); }
.stock { margin-top: 1.25rem; }
.stock p { display: flex; justify-content: space-between; gap: 1rem; font-weight: 600; }
.stock p span { font-weight: 400; color: var(--quiet); }
.meter { display: block; width: 100%; height: 0.6rem; margin-top: 0.5rem; border-radius: 1rem; overflow: hidden; }
.meter .track { fill: var(--track); } .meter .left { fill: var(--accent); }

.buy { display: grid; grid-template-columns: auto 1fr; gap: 0.35rem 0.75rem; align-items: end; }
.buy label, .line label { font-size: 0.9375rem; font-weight: 600; }
.buy label { grid-column: 1 / -1; }
select, button, .button {
  min-height: 3.25rem; border-radius: 0.85rem; font: inherit; font-weight: 700; cursor: pointer;
}
select { padding: 0 2.4rem 0 1rem; color: var(--ink); border: 1.5px solid var(--quiet); appearance: none; background: var(--field) conic-gradient(from 315deg at 50% 100%, currentColor 90deg, transparent 0) right 1rem center / 0.8rem 0.4rem no-repeat; }
button, .button { display: inline-flex; align-items: center; justify-content: center; gap: 0.5rem; padding: 0.5rem 1.4rem; border: 0; color: var(--on-accent); background: var(--accent); text-decoration: none; }
button:hover, .button:hover { background: var(--accent-strong); }
button.plain { color: var(--ink); background: transparent; border: 1.5px solid var(--quiet); }
button.plain:hover { background: color-mix(in srgb, var(--ink) 9%, transparent); }
button:disabled { color: var(--quiet); background: var(--track); cursor: not-allowed; }
.wide { width: 100%; }
.hint { margin-top: 0.85rem; font-size: 0.9375rem; color: var(--quiet); text-wrap: pretty; }
.stamp { font-family: var(--display); font-size: 2.1rem; font-weight: 800; line-height: 1; letter-spacing: 0.01em; text-transform: uppercase; color: var(--accent); margin-bottom: 0.5rem; }
.stack { display: grid; gap: 0.85rem; }

main:has(.sheet) .notice { max-width: 44rem; margin-inline: auto; }
.sheet { max-width: 44rem; margin-inline: auto; }
.sheet h1 { font-family: var(--display); font-size: clamp(2.6rem, 9vw, 4.25rem); font-weight: 800; line-height: 0.95; letter-spacing: -0.02em; margin-bottom: 1.4rem; text-wrap: balance; overflow-wrap: anywhere; }
.panel { padding: clamp(1.25rem, 4vw, 2rem); border-radius: 1.4rem; background: var(--card); filter: drop-shadow(var(--shadow)); }
.line { display: grid; gap: 1.1rem; padding-bottom: 1.4rem; border-bottom: 2px dashed var(--line); }
.line-actions { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: end; }
.line-actions form { display: grid; grid-template-columns: auto auto; gap: 0.35rem 0.6rem; align-items: end; }
.line-actions label { grid-column: 1 / -1; }
.line-actions form + form { display: block; }
@media (min-width: 26rem) { .line-actions form + form { margin-left: auto; } }
.sum { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; padding-top: 1.2rem; font-weight: 600; }
.sum dd { font-family: var(--display); font-weight: 800; font-size: 2.5rem; line-height: 1; font-variant-numeric: tabular-nums; }
.after { margin-top: 0.75rem; }
.after a { display: inline-flex; align-items: center; min-height: 2.75rem; }
.code { font-family: ui-monospace, "Liberation Mono", monospace; font-size: 0.875rem; color: var(--quiet); }

.sea { position: absolute; z-index: -1; left: 0; bottom: -1px; width: 100%; height: clamp(11rem, 32vw, 24rem); }
.sea .disc { fill: var(--disc); } .sea .glow { fill: var(--glow); opacity: 0.45; }
.sea .far { fill: var(--wave-far); } .sea .mid { fill: var(--wave-mid); } .sea .near { fill: var(--wave-near); } .sea .deep { fill: var(--deep); }
footer { background: var(--deep); color: var(--on-deep); }
footer .shell { display: flex; flex-wrap: wrap; gap: 0.4rem 2rem; justify-content: space-between; padding-block: 1.25rem 1.75rem; font-size: 0.9375rem; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: no-preference) {
  button, .button, .cart-link { transition: background-color 0.15s; }
  .ticket, .panel { animation: rise 0.5s cubic-bezier(0.2, 0.8, 0.2, 1) both; }
  @keyframes rise { from { transform: translateY(1rem); } }
}
@media (forced-colors: active) { .notice, .panel, .ticket > *, .units > span { border: 1px solid; } }
`;
