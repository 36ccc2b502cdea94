import type { Child } from 'hono/jsx';
import { raw } from 'hono/html';
import { icon } from '../assets.ts';
import type { Links } from '../links.ts';
import { noticeTitle, type Notice } from '../notice.ts';

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

/** The picture at the foot of every page: a low sun (or moon) behind four lines of the tide. */
const Sea = () => (
  <svg class="sea" viewBox="0 0 1440 400" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
    <circle class="glow" cx="1010" cy="210" r="205" />
    <circle class="disc" cx="1010" cy="210" r="140" />
    <path class="far" d="M0 236c120-34 240-34 360-4s240 34 360 2 240-36 360-6 240 34 360 6v166H0z" />
    <path class="mid" d="M0 286c140 30 240-30 380-26s220 44 360 34 220-46 360-36 220 34 340 12v130H0z" />
    <path class="near" d="M0 334c110-26 230-30 360-4s250 30 370 4 250-34 370-6 230 22 340-2v74H0z" />
    <path class="deep" d="M0 372c160 18 300-22 470-14s280 26 450 12 330-20 520 4v26H0z" />
  </svg>
);
