import type { MiddlewareHandler } from 'hono';
import { ControlProblem } from './control-problem.ts';

const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Refuses what a web page could send: a browser names the page’s origin, and a name that was rebound to 127.0.0.1
 * shows in the Host header. The API can stop tasks, so only programs of this machine may call it.
 */
export const guardLoopback: MiddlewareHandler = async (context, next) => {
  if (context.req.header('origin') !== undefined)
    throw new ControlProblem(403, 'requests from web pages are refused');
  const host = context.req.header('host') ?? '';
  if (!loopbackHost.test(host)) {
    throw new ControlProblem(403, `the Host header is "${host}"; allowed: 127.0.0.1, localhost or [::1]`);
  }
  await next();
};
