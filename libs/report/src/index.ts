export { renderHtml } from './html/render-html.ts';
export { renderMarkdown } from './markdown/render-markdown.ts';
export { renderTerminal } from './terminal/render-terminal.ts';
