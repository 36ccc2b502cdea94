import { createHash } from 'node:crypto';
import { raw } from 'hono/html';

const style = `
:root { color-scheme: light dark; --text: #1c2430; --quiet: #4a5566; --line: #c9d1dc; --ground: #fff; --code: #f2f5f9; --link: #0b57a4; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e7ecf3; --quiet: #b3bdcb; --line: #3d4858; --ground: #12171e; --code: #1d2530; --link: #8bc1ff; }
}
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); }
a { color: var(--link); }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
h3 { margin: 2rem 0 0.25rem; }
code, pre { font-family: ui-monospace, monospace; background: var(--code); border-radius: 0.25rem; }
code { padding: 0 0.2rem; }
pre { padding: 0.75rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--quiet); }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--line); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
`;

/** Whole, because the policy’s hash covers every space between the tags. */
export const styleElement = raw(`<style>${style}</style>`);

/** Allows exactly the page’s own style sheet, by its hash. */
export const docsPageContentSecurityPolicy = (): string =>
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;
