import type { Problem } from '../configuration-error.ts';
import type { Environment, Ingress, IngressKindName } from '../environment.ts';

/** Everything that others need to know about one ingress kind. */
export interface IngressKind<Kind extends IngressKindName> {
  /** The HTTP API that leads to an internal balancer by a VPC link; null where the balancer itself is public. */
  readonly httpApi: (ingress: Ingress<Kind>) => Ingress<'api-gateway'> | null;
  /** Contradictions between fields of this kind and others. */
  readonly errors: (ingress: Ingress<Kind>, environment: Environment) => readonly Problem[];
}
