import type { Child } from 'hono/jsx';
import { raw } from 'hono/html';
import { icon } from '../assets/icon.ts';
import type { Links } from '../links.ts';
import { noticeTitle, type Notice } from '../notice.ts';
import { Sea } from './sea.tsx';

interface LayoutProps {
  readonly title: string;
  readonly links: Links;
  /** Units in the reader’s cart; undefined while nobody knows. */
  readonly unitsInCart: number | undefined;
  readonly notice?: Notice | undefined;
  readonly children?: Child;
}

/** What every page has: landmarks, the way to the cart, and what became of the last form. */
export const Layout = ({ title, links, unitsInCart, notice, children }: LayoutProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{notice === undefined ? title : `${noticeTitle(notice)} – ${title}`}</title>
      <link rel="stylesheet" href={links.style} />
      <link rel="icon" href={links.icon} type="image/svg+xml" />
      <script src={links.script} defer></script>
    </head>
    <body>
      <div class="sky">
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="shell bar">
          <a class="brand" href={links.home}>
            <span aria-hidden="true">{raw(icon)}</span>
            Tideline
          </a>
          <nav aria-label="Shop">
            <a class="cart-link" href={links.cart}>
              Cart
              <span class="count">
                {unitsInCart ?? '–'}
                <span class="hidden">{unitsInCart === 1 ? ' unit' : ' units'}</span>
              </span>
            </a>
          </nav>
        </header>
        <main id="main" class="shell" tabindex={-1}>
          <div role="status">{notice === undefined ? null : <NoticeBox {...notice} />}</div>
          {children}
        </main>
        <Sea />
      </div>
      <footer>
        <div class="shell">
          <p>A unit is yours as soon as it is in your cart. What you take out can be bought again.</p>
          <p>This shop ends at the cart: nobody is charged.</p>
        </div>
      </footer>
    </body>
  </html>
);

const NoticeBox = ({ tone, text }: Notice) => (
  <p class={tone === 'good' ? 'notice' : 'notice bad'}>
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" aria-hidden="true">
      <circle cx="12" cy="12" r="10" />
      <path
        d={tone === 'good' ? 'M7.5 12.5l3 3 6-6.5' : 'M12 6.5v7M12 16.2v1.4'}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
    <span>{text}</span>
  </p>
);
