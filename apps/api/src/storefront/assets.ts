import { createHash } from 'node:crypto';
import { icon } from './assets/icon.ts';
import { script } from './assets/script.ts';
import { style } from './assets/style.ts';

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
