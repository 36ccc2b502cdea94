import type { Effects } from '../effect.ts';

const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d';
const httpApi = { preset: 'blue-green' } as const;
const crossOrigin = {
  ...httpApi,
  beside: ['ingress.cors={"allowOrigins":["https://shop.example"]}'],
} as const;

const firewall = { beside: ['waf.enabled=true'] } as const;
const cdn = { beside: ['cdn.enabled=true'] } as const;

/** Names, network, ingress, balancer and what is in front of it. */
export const networkEffects: Effects = {
  project: { set: 'project=shop' },
  stage: { set: 'stage=prod' },
  region: { set: 'region=eu-west-1' },
  availabilityZones: { set: 'availabilityZones=["a","b","c"]' },
  'network.vpcCidr': { set: 'network.vpcCidr=10.20.0.0/18' },
  'network.egress': { set: 'network.egress=nat' },
  'network.endpointPolicies': { set: 'network.endpointPolicies=true' },
  'network.flowLogs.enabled': { set: 'network.flowLogs.enabled=true', in: 'terraform' },
  'network.flowLogs.traffic': {
    beside: ['network.flowLogs.enabled=true'],
    set: 'network.flowLogs.traffic=ALL',
    in: 'terraform',
  },
  'ingress.kind=alb': {
    ...httpApi,
    beside: ['release={"kind":"rolling"}'],
    set: 'ingress={"kind":"alb"}',
  },
  'ingress.kind=api-gateway': { set: 'ingress={"kind":"api-gateway"}', beside: ['container.basePath=/dev'] },
  'ingress (api-gateway).stage': {
    ...httpApi,
    set: 'ingress.stage=live',
    together: ['container.basePath=/live'],
  },
  'ingress (api-gateway).throttling.burstLimit': { ...httpApi, set: 'ingress.throttling.burstLimit=70' },
  'ingress (api-gateway).throttling.rateLimitPerSecond': {
    ...httpApi,
    set: 'ingress.throttling.rateLimitPerSecond=40',
  },
  'ingress (api-gateway).timeoutSeconds': { ...httpApi, set: 'ingress.timeoutSeconds=12' },
  'ingress (api-gateway).cors': { ...httpApi, set: 'ingress.cors={"allowOrigins":["https://shop.example"]}' },
  'ingress (api-gateway).cors.allowOrigins': {
    ...crossOrigin,
    set: 'ingress.cors.allowOrigins=["https://a.example"]',
  },
  'ingress (api-gateway).cors.allowMethods': {
    ...crossOrigin,
    set: 'ingress.cors.allowMethods=["GET","PUT"]',
  },
  'ingress (api-gateway).cors.allowHeaders': { ...crossOrigin, set: 'ingress.cors.allowHeaders=["x-shop"]' },
  'ingress (api-gateway).cors.maxAgeSeconds': { ...crossOrigin, set: 'ingress.cors.maxAgeSeconds=600' },
  'loadBalancer.listenerPort': { set: 'loadBalancer.listenerPort=8000' },
  'loadBalancer.certificateArn': {
    set: `loadBalancer.certificateArn=${certificate}`,
    together: ['loadBalancer.domainName=shop.example.com'],
  },
  'loadBalancer.domainName': {
    beside: [`loadBalancer.certificateArn=${certificate}`, 'loadBalancer.domainName=shop.example.com'],
    set: 'loadBalancer.domainName=market.example.com',
  },
  'loadBalancer.algorithm': { set: 'loadBalancer.algorithm=least_outstanding_requests' },
  'loadBalancer.anomalyMitigation': {
    beside: ['loadBalancer.algorithm=weighted_random'],
    set: 'loadBalancer.anomalyMitigation=true',
  },
  'loadBalancer.desyncMitigationMode': { set: 'loadBalancer.desyncMitigationMode=strictest' },
  'loadBalancer.dropInvalidHeaderFields': { set: 'loadBalancer.dropInvalidHeaderFields=false' },
  'loadBalancer.preserveHostHeader': { set: 'loadBalancer.preserveHostHeader=true' },
  'loadBalancer.xForwardedForProcessing': { set: 'loadBalancer.xForwardedForProcessing=remove' },
  'loadBalancer.clientKeepAliveSeconds': { set: 'loadBalancer.clientKeepAliveSeconds=1800' },
  'loadBalancer.idleTimeoutSeconds': { set: 'loadBalancer.idleTimeoutSeconds=90' },
  'loadBalancer.deregistrationDelaySeconds': { set: 'loadBalancer.deregistrationDelaySeconds=20' },
  'loadBalancer.stickinessSeconds': { set: 'loadBalancer.stickinessSeconds=600' },
  'loadBalancer.slowStartSeconds': { set: 'loadBalancer.slowStartSeconds=60' },
  'healthCheck.path': { set: 'healthCheck.path=/ready' },
  'healthCheck.intervalSeconds': { set: 'healthCheck.intervalSeconds=20' },
  'healthCheck.timeoutSeconds': { set: 'healthCheck.timeoutSeconds=4' },
  'healthCheck.healthyThreshold': { set: 'healthCheck.healthyThreshold=3' },
  'healthCheck.unhealthyThreshold': { set: 'healthCheck.unhealthyThreshold=4' },
  'healthCheck.gracePeriodSeconds': { set: 'healthCheck.gracePeriodSeconds=75' },
  'accessLogs.enabled': { set: 'accessLogs.enabled=true' },
  'accessLogs.retentionDays': { beside: ['accessLogs.enabled=true'], set: 'accessLogs.retentionDays=7' },
  'waf.enabled': { set: 'waf.enabled=true' },
  'waf.requestsPerWindowPerAddress': { ...firewall, set: 'waf.requestsPerWindowPerAddress=500' },
  'waf.evaluationWindowSeconds': { ...firewall, set: 'waf.evaluationWindowSeconds=60' },
  'waf.log': { ...firewall, set: 'waf.log=all' },
  'cdn.enabled': { set: 'cdn.enabled=true' },
  'cdn.priceClass': { ...cdn, set: 'cdn.priceClass=PriceClass_All' },
  'cdn.cachedPaths': { ...cdn, set: 'cdn.cachedPaths=["/static/*"]' },
  'cdn.domainName': {
    beside: [...cdn.beside, 'cdn.domainName=shop.example.com', `cdn.certificateArn=${certificate}`],
    set: 'cdn.domainName=market.example.com',
  },
  'cdn.certificateArn': {
    ...cdn,
    set: `cdn.certificateArn=${certificate}`,
    together: ['cdn.domainName=shop.example.com'],
  },
};
