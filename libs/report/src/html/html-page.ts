import { type Markup, markup, trusted } from './markup.ts';
import { pageStyle } from './page-style.ts';

/** One HTML file that needs nothing else: inline style, inline SVG, no script. Ends in a line break. */
export const htmlPage = ({
  title,
  body,
  style = '',
}: {
  readonly title: string;
  readonly body: Markup;
  /** Rules of this page alone, after those of every page. */
  readonly style?: string;
}): string =>
  `${
    markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title} – Tideline</title>
<style>${trusted(pageStyle)}${trusted(style)}</style>
</head>
<body><main>
${body}
</main></body>
</html>`.markup
  }\n`;

/** What the page is about. */
export const pageHeader = (header: {
  readonly eyebrow: string;
  readonly title: string;
  readonly sub: string;
}): Markup => markup`<header>
<p class="eyebrow">${header.eyebrow}</p>
<h1>${header.title}</h1>
<p class="sub">${header.sub}</p>
</header>`;
