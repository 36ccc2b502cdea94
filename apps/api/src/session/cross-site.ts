import { requestHeader, type ApiContext } from '../http/route.ts';

/**
 * Whether another site made the browser send this request. Browsers say so in `sec-fetch-site` where the connection is
 * trusted, and name the page’s origin otherwise; whoever sends neither is no browser, and has no cookies to abuse.
 */
export function isCrossSite(context: ApiContext): boolean {
  const site = requestHeader(context, 'sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = requestHeader(context, 'origin');
  if (origin === undefined) return false;
  // Behind a balancer the scheme differs; the host is what a page of another site cannot have.
  const host = URL.canParse(origin) ? new URL(origin).host : undefined;
  return host !== hostOf(requestHeader(context, 'host'), origin);
}

/** As the URL class writes it: in lower case, without the scheme’s own port. */
function hostOf(header: string | undefined, origin: string): string | undefined {
  const url = `${origin.startsWith('https:') ? 'https' : 'http'}://${header ?? ''}`;
  return header !== undefined && URL.canParse(url) ? new URL(url).host : '';
}
