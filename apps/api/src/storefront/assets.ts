import { createHash } from 'node:crypto';
import { script } from './assets/script.ts';
import { style } from './assets/style.ts';

/** Sun over the waterline: the icon in the browser’s tab, and the mark in the header. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#12535f"/><circle cx="16" cy="13" r="6.5" fill="#f4683f"/><path d="M0 18c5-3 8-3 12 0s8 3 12 0 6-2 8-1v7a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8z" fill="#2b8388"/><path d="M0 23c5-3 8-3 12 0s8 3 12 0 6-2 8-1v2a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8z" fill="#5fb0aa"/></svg>`;

export interface Asset {
  /** With a hash of the content: another content is another path, so a browser may keep this one. */
  readonly file: string;
  readonly contentType: string;
  readonly body: string;
}

const asset = (name: string, { contentType, body }: Omit<Asset, 'file'>): Asset => {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { file: name.replace('.', `.${hash}.`), contentType, body };
};

/** All that a page loads. */
export const assets = {
  style: asset('storefront.css', { contentType: 'text/css; charset=utf-8', body: style }),
  script: asset('storefront.js', { contentType: 'text/javascript; charset=utf-8', body: script }),
  icon: asset('icon.svg', { contentType: 'image/svg+xml', body: icon }),
} as const satisfies Record<string, Asset>;
