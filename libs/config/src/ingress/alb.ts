import * as z from 'zod';
import type { IngressKind } from './ingress-kind.ts';

export const albSchema = z.strictObject({
  kind: z.literal('alb').describe('Clients reach the balancer itself, which is public.'),
});

/** A public balancer, with nothing in front. */
export const alb: IngressKind<'alb'> = {
  httpApi: () => null,
  errors: () => [],
};
