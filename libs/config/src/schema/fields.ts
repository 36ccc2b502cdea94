import * as z from 'zod';

/** A whole number of seconds between `min` and `max`, both included. */
export const wholeSeconds = (min: number, max: number) => z.int().min(min).max(max);

/** A percentage as CloudWatch reports utilisation: 0 excluded, up to `max`. */
export const percent = (max = 100) => z.number().positive().max(max);

/** A name that every AWS resource of this project accepts: it is combined with others, so it is short. */
export const shortName = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,19}$/,
    'must be 1 to 20 lower-case letters, digits or hyphens, starting with a letter',
  )
  .refine((name) => !name.endsWith('-'), 'must not end with a hyphen');

/** A name of a policy, unique in its environment. */
export const policyName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-_]{0,63}$/, 'must be 1 to 64 letters, digits, hyphens or underscores');

/** A name in the DNS, without a final dot. */
export const domainName = z
  .string()
  .regex(
    /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
    'must be a domain name in lower case, such as shop.example.com',
  );
