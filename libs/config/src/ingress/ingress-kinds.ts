import * as z from 'zod';
import type { Environment, Ingress, IngressKindName } from '../environment.ts';
import type { ErrorRule } from '../errors/error-rule.ts';
import { alb, albSchema } from './alb.ts';
import { apiGateway, apiGatewaySchema } from './api-gateway.ts';
import type { IngressKind } from './ingress-kind.ts';

/** How clients reach the service. */
export const ingressSchema = z.discriminatedUnion('kind', [albSchema, apiGatewaySchema]);

/** Every ingress kind. A member of the union without a room here does not compile. */
export const ingressKinds: { readonly [Kind in IngressKindName]: IngressKind<Kind> } = {
  alb,
  'api-gateway': apiGateway,
};

const httpApiOf = <Kind extends IngressKindName>(ingress: Ingress<Kind>) =>
  ingressKinds[ingress.kind].httpApi(ingress);

/** The HTTP API that leads to an internal balancer by a VPC link; null where the balancer itself is public. */
export const httpApi = ({ ingress }: Pick<Environment, 'ingress'>): Ingress<'api-gateway'> | null =>
  httpApiOf(ingress);

const errorsOf = <Kind extends IngressKindName>(ingress: Ingress<Kind>, environment: Environment) =>
  ingressKinds[ingress.kind].errors(ingress, environment);

export const ingressErrors: ErrorRule = (environment) => errorsOf(environment.ingress, environment);
