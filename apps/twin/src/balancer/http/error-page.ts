import { STATUS_CODES } from 'node:http';

/** Reasons that HTTP does not define but an Application Load Balancer uses. */
const ownReasons: Readonly<Record<number, string>> = { 414: 'Request-URI Too Large', 463: 'Bad Request' };

/** A complete answer of the balancer itself: a small page, as an Application Load Balancer’s. */
export function errorResponse(
  status: number,
  { keepAlive, withBody }: { readonly keepAlive: boolean; readonly withBody: boolean },
): string {
  const title = `${status} ${ownReasons[status] ?? STATUS_CODES[status] ?? 'Error'}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  return (
    `HTTP/1.1 ${title}\r\nServer: awselb/2.0\r\nDate: ${new Date().toUTCString()}\r\n` +
    `Content-Type: text/html\r\nContent-Length: ${body.length}\r\n` +
    `Connection: ${keepAlive ? 'keep-alive' : 'close'}\r\n\r\n${withBody ? body : ''}`
  );
}
