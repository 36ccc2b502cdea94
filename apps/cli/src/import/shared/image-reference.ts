import { matching } from '../source/readers.ts';

/** An image reference, as container.image takes it. */
export const imageReference = matching(
  /^(?!tideline-api:local$)[A-Za-z0-9][A-Za-z0-9._/:@-]{0,511}$/,
  'an image reference such as nginx:1.29 or one with a digest',
);
