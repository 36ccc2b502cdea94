import { type ErrorRule, refuse } from './error-rule.ts';

/** An HTTP API passes the path of a private integration on as it came, with the stage in front (API Gateway guide, private integrations). */
export const stagePath: ErrorRule = ({ ingress, container: { basePath } }) => {
  if (ingress.kind !== 'api-gateway') return [];
  const path = `/${ingress.stage}`;
  if (basePath === path || basePath.startsWith(`${path}/`)) return [];
  return refuse(
    'TL-CONFIG-STAGE-PATH',
    'container.basePath',
    `got "${basePath}" with ingress.stage "${ingress.stage}": requests arrive below ${path}, where the backend would answer none. Set container.basePath to ${path}, or the stage to its first segment`,
  );
};

/** AWS WAF does not take HTTP APIs, and behind one every request has the address of the VPC link. */
export const ingressEdge: ErrorRule = ({ ingress, waf, cdn, loadBalancer: { certificateArn } }) => {
  if (ingress.kind !== 'api-gateway') return [];
  const internal = 'while ingress.kind api-gateway makes the balancer internal';
  return [
    ...(waf.enabled
      ? refuse(
          'TL-CONFIG-INGRESS-EDGE',
          'waf.enabled',
          `got true ${internal}: AWS WAF takes no HTTP API, and behind it every request comes from the VPC link. Set it to false (ingress.throttling limits requests), or ingress.kind to alb`,
        )
      : []),
    ...(cdn.enabled
      ? refuse(
          'TL-CONFIG-INGRESS-EDGE',
          'cdn.enabled',
          `got true ${internal}, out of CloudFront’s reach. Set it to false, or ingress.kind to alb`,
        )
      : []),
    ...(certificateArn === null
      ? []
      : refuse(
          'TL-CONFIG-INGRESS-EDGE',
          'loadBalancer.certificateArn',
          `got ${certificateArn} ${internal}: the HTTP API ends TLS with a certificate of its own. Set it to null, or ingress.kind to alb`,
        )),
  ];
};
