/** What every response carries: nothing is framed, sniffed, cached or referred, and JSON loads nothing. */
const apiContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";

/** One literal per response: copying a constant record is slower than writing it out. */
export const responseHeaders = (contentType: string, requestId: string): Record<string, string> => ({
  'content-type': contentType,
  'x-request-id': requestId,
  'cache-control': 'no-store',
  'content-security-policy': apiContentSecurityPolicy,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
});
