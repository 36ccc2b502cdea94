import { accepts } from 'hono/accepts';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { ContentReply, Reply } from '../http/reply.ts';
import type { ApiContext, Route } from '../http/route.ts';
import type { Links } from './links.ts';
import { ProblemPage } from './pages/problem-page.tsx';

/** Nothing from elsewhere, no script or style within the page, and forms that lead nowhere but here. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const html = 'text/html';
const json = 'application/json';

/** Whether a page is the better answer; it is where the client has no wish. */
export const wantsPage = (context: ApiContext): boolean =>
  accepts(context, { header: 'Accept', supports: [html, json], default: html }) === html;

/** A page, 200 unless said otherwise. */
export const pageReply = async (page: JSX.Element, status = 200): Promise<ContentReply> => ({
  status,
  contentType: `${html}; charset=utf-8`,
  body: `<!doctype html>${await page}`,
  headers: {
    'content-security-policy': contentSecurityPolicy,
    // Without any, browsers hide the origin of a form too, by which we know that it is ours.
    'referrer-policy': 'same-origin',
    vary: 'accept',
  },
});

/** The same route, whose problems are pages to those who want pages. */
export const withProblemPages = (route: Route, links: Links): Route => ({
  ...route,
  handle: async (input, context): Promise<Reply> => {
    const reply = await route.handle(input, context);
    if (!('problem' in reply) || !wantsPage(context)) return reply;
    const page = await pageReply(ProblemPage({ problem: reply.problem, links }), reply.problem.status);
    return { ...page, headers: { ...page.headers, ...reply.headers } };
  },
});
