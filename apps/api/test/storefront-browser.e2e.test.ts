import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { ApiProcess } from './api-process.ts';
import { describeWith } from './find-program.ts';

/** Kept with the results of the run, to be looked at. */
const screenshots = join(
  import.meta.dirname,
  ...['..', '..', '..', 'dist', 'test-results', '@tideline', 'api', 'screenshots'],
);
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const desktop = { viewport: { width: 1280, height: 860 } };
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };

describeWith('chromium', 'the storefront in a browser', (executablePath) => {
  let browser: Browser;
  let folder: string;
  let apiCount = 0;
  const closers: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    // None of an earlier run may stand for one of this run.
    await rm(screenshots, { recursive: true, force: true });
    await mkdir(screenshots, { recursive: true });
    browser = await chromium.launch({ executablePath });
    folder = await mkdtemp(join(tmpdir(), 'tideline-storefront-'));
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function startApi(env: Readonly<Record<string, string>> = {}): Promise<string> {
    const api = new ApiProcess({
      STOREFRONT: 'on',
      SESSION_STORE: 'embedded',
      SESSION_FOLDER: join(folder, String((apiCount += 1))),
      SESSION_KEYS: 'a-signing-key-of-enough-length-1',
      ...env,
    });
    closers.push(() => api.stop());
    return api.url();
  }

  /** A page that fails the test by what it logs: an asset that is missing, or one that the policy refuses. */
  async function openPage(options: BrowserContextOptions = desktop): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    const logged: string[] = [];
    page.on('console', (message) => logged.push(message.text()));
    page.on('pageerror', (error) => logged.push(String(error)));
    closers.push(async () => {
      await context.close();
      expect(logged).toEqual([]);
    });
    return page;
  }

  const shoot = (page: Page, name: string) =>
    page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
  const statusOf = (page: Page) => page.getByRole('status').innerText();
  const buy = async (page: Page, quantity: number): Promise<void> => {
    await page.getByLabel('Quantity').selectOption(String(quantity));
    await page.getByRole('button', { name: 'Shop now' }).click();
    await page.getByRole('heading', { name: 'Your cart' }).waitFor();
  };

  test('buys, changes the cart and empties it', async () => {
    const url = await startApi();
    const page = await openPage();
    await page.goto(url);
    await shoot(page, 'sale');
    await buy(page, 2);
    expect(await statusOf(page)).toBe('It is in your cart, and yours.');
    expect(await page.title()).toBe('It is in your cart, and yours – Your cart');
    expect(await page.getByText('$78.00').isVisible()).toBe(true);
    await shoot(page, 'cart');
    await page.getByLabel('Quantity').selectOption('5');
    await page.getByRole('button', { name: 'Update' }).click();
    await page.getByText('$195.00').waitFor();
    expect(await page.title()).toBe('Your cart is changed – Your cart');
    await page.getByRole('link', { name: 'Tideline' }).click();
    await page.getByText('495 left').waitFor();
    expect(await page.getByRole('button', { name: 'Shop now' }).count()).toBe(0);
    await shoot(page, 'cart-full');
    await page.getByRole('link', { name: 'See your cart' }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nothing in it yet.').waitFor();
    await shoot(page, 'cart-empty');
    expect(await (await fetch(`${url}/stock`)).json()).toMatchObject({ sold: 0 });
  });

  test('a double click buys once, also without the script that would keep the second one back', async () => {
    const url = await startApi();
    const page = await openPage({ ...desktop, javaScriptEnabled: false });
    await page.goto(url);
    await page.getByRole('button', { name: 'Shop now' }).dblclick();
    await page.getByRole('heading', { name: 'Your cart' }).waitFor();
    expect(await (await fetch(`${url}/stock`)).json()).toMatchObject({ sold: 1 });
    expect(await page.getByText('1 × $39.00').isVisible()).toBe(true);
  });

  test('says that it is sold out, to who came late and to who had the page open', async () => {
    const url = await startApi({ STOREFRONT_STOCK: '2' });
    const [first, second] = [await openPage(), await openPage()];
    await first.goto(url);
    await second.goto(url);
    await buy(first, 2);
    await second.getByRole('button', { name: 'Shop now' }).click();
    await second.getByText('Sold out: somebody was faster.').waitFor();
    expect(await second.title()).toBe('Sold out: somebody was faster – One night only');
    expect(await second.getByRole('button').count()).toBe(0);
    await shoot(second, 'sold-out');
    expect(await (await fetch(`${url}/stock`)).json()).toMatchObject({ sold: 2, left: 0 });
  });

  test('shows the offer while nobody knows the stock, with a button that does nothing', async () => {
    const url = await startApi({
      SESSION_STORE: 'redis',
      REDIS_URL: 'redis://127.0.0.1:9',
      SESSION_TIMEOUT_MILLISECONDS: '100',
    });
    const page = await openPage();
    await page.goto(url);
    expect(await page.getByRole('button', { name: 'Shop now' }).isDisabled()).toBe(true);
    await shoot(page, 'store-away');
  });

  test.each([320, 360, 390])('fits a screen %i pixels wide, with targets for fingers', async (width) => {
    const url = await startApi({ STOREFRONT_HEADLINE: 'Everything must go before the tide comes in' });
    const page = await openPage({ ...phone, viewport: { width, height: 740 } });
    const fits = async () => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      const targets = page.locator('main a:visible, header a:visible, button:visible, select:visible');
      for (const target of await targets.all()) {
        const box = await target.boundingBox();
        expect(box?.height).toBeGreaterThanOrEqual(44);
        // Nothing sticks out of the card that it is on, either.
        expect((box?.x ?? -1) + (box?.width ?? 0)).toBeLessThanOrEqual(width - 16);
      }
    };
    await page.goto(url);
    await fits();
    await shoot(page, `sale-${width}`);
    await buy(page, 1);
    await fits();
    await shoot(page, `cart-${width}`);
  });

  test('works without JavaScript', async () => {
    const url = await startApi();
    const page = await openPage({ ...phone, javaScriptEnabled: false });
    await page.goto(url);
    expect(await page.getByText('Ends in').isVisible()).toBe(true);
    await buy(page, 3);
    await page.getByLabel('Quantity').selectOption('1');
    await page.getByRole('button', { name: 'Update' }).click();
    await page.getByText('1 × $39.00').waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nothing in it yet.').waitFor();
  });

  test('works by keyboard alone, and shows where the focus is', async () => {
    const url = await startApi();
    const page = await openPage();
    await page.goto(url);
    const focused = () =>
      page.evaluate('(document.activeElement.textContent || document.activeElement.id).trim()');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await shoot(page, 'keyboard');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('quantity');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Shop now');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Enter');
    await page.getByText('2 × $39.00').waitFor();
    for (let presses = 0; (await focused()) !== 'Remove Weekend rucksack'; presses += 1) {
      expect(presses).toBeLessThan(10);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByText('Nothing in it yet.').waitFor();
  });

  test('counts down by itself, from what the page said and not by the reader’s clock', async () => {
    const url = await startApi({ STOREFRONT_SALE_SECONDS: '3600' });
    const page = await openPage();
    await page.clock.install({ time: new Date('2001-01-01') });
    await page.goto(url);
    await page.clock.runFor(600_000);
    expect(['49', '50']).toContain(await page.locator('[data-unit=minutes]').innerText());
    const heading = page.getByRole('heading', { name: 'Ends in' });
    expect(await heading.textContent()).toMatch(/^Ends in (49|50) minutes$/);
    await page.clock.fastForward(2_910_000);
    expect(await heading.textContent()).toBe('Ends in 1 minute');
    await page.clock.fastForward(60_000);
    expect(await heading.textContent()).toBe('Ends in less than a minute');
  });

  test.each(['light', 'dark'] as const)(
    'has no barrier that axe finds, in %s colours',
    async (colorScheme) => {
      const url = await startApi({ STOREFRONT_STOCK: '3' });
      // The policy of the page would keep axe out too.
      const page = await openPage({ ...desktop, colorScheme, bypassCSP: true });
      const check = async (name: string) => {
        await page.evaluate(axeSource);
        const { violations } = await page.evaluate<AxeResults>('axe.run()');
        expect(violations.map(({ id, nodes }) => [name, id, nodes.map(({ html }) => html)])).toEqual([]);
        if (colorScheme === 'dark') await shoot(page, `${name}-dark`);
      };
      await page.goto(url);
      await check('sale');
      await buy(page, 3);
      await check('cart');
      await page.goto(url);
      await check('sold-out');
      await page.goto(`${url}/?notice=sold-out`);
      await check('notice');
    },
  );

  test('answers a form that is not valid with a page that says why', async () => {
    const url = await startApi();
    const context = await browser.newContext({ ...desktop, reducedMotion: 'reduce' });
    closers.push(() => context.close());
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate("document.querySelector('option').value = '-1'");
    await page.getByRole('button', { name: 'Shop now' }).click();
    await page.getByRole('heading', { name: 'The request is not valid' }).waitFor();
    expect(await page.getByText('quantity must be a whole number from 1 to 5; got "-1"').isVisible()).toBe(
      true,
    );
    await shoot(page, 'problem');
  });

  test('has left a picture of each page to be looked at', async () => {
    const expected = [
      ...['sale', 'cart', 'cart-full', 'cart-empty', 'sold-out', 'store-away', 'keyboard', 'problem'],
      ...[320, 360, 390].flatMap((width) => [`sale-${width}`, `cart-${width}`]),
      ...['sale-dark', 'cart-dark', 'sold-out-dark', 'notice-dark'],
    ];
    for (const name of expected) {
      expect((await stat(join(screenshots, `${name}.png`))).size).toBeGreaterThan(0);
    }
  });
});
