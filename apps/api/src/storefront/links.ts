import { assets } from './assets.ts';

/** Where everything of the storefront is, below the base path. */
export const linksBelow = (basePath: string) => ({
  home: `${basePath}/`,
  cart: `${basePath}/cart`,
  quantity: `${basePath}/cart/quantity`,
  style: `${basePath}/assets/${assets.style.file}`,
  script: `${basePath}/assets/${assets.script.file}`,
  icon: `${basePath}/assets/${assets.icon.file}`,
});

export type Links = ReturnType<typeof linksBelow>;
