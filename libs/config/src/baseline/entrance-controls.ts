import { type BaselineControl, accepted, byProduction, byUser, met, notApplicable } from './control.ts';

const noDistribution = (settings: string) =>
  notApplicable(`no preset has a distribution; one of cdn.enabled meets it with ${settings}`);
const internal = 'the balancer is internal and takes requests of the HTTP API alone';

/** Controls of what requests come in by. */
export const entranceControls: readonly BaselineControl[] = [
  {
    id: 'ELB.1',
    title: 'Application Load Balancer should be configured to redirect all HTTP requests to HTTPS',
    judgement: byUser('loadBalancer.certificateArn=<ARN>', 'loadBalancer.domainName=<name>'),
    differs: {
      'blue-green': accepted(
        `${internal}, which ends TLS; from there requests are plain HTTP inside the VPC`,
      ),
    },
  },
  {
    id: 'ELB.4',
    title: 'Application Load Balancer should be configured to drop invalid http headers',
    judgement: met('loadBalancer.dropInvalidHeaderFields is true by default'),
  },
  {
    id: 'ELB.5',
    title: 'Application and Classic Load Balancers logging should be enabled',
    judgement: byProduction('accessLogs.enabled=true'),
  },
  {
    id: 'ELB.6',
    title: 'Application, Gateway, and Network Load Balancers should have deletion protection enabled',
    judgement: byProduction('protection.loadBalancer=true'),
  },
  {
    id: 'ELB.12',
    title:
      'Application Load Balancer should be configured with defensive or strictest desync mitigation mode',
    judgement: met('loadBalancer.desyncMitigationMode is defensive by default'),
  },
  {
    id: 'ELB.13',
    title: 'Application, Network and Gateway Load Balancers should span multiple Availability Zones',
    judgement: met('availabilityZones has two zones by default'),
  },
  {
    id: 'ELB.16',
    title: 'Application Load Balancers should be associated with an AWS WAF web ACL',
    judgement: byProduction('waf.enabled=true'),
    differs: {
      'blue-green': accepted(
        `${internal}, so that all of them have its address; AWS WAF takes no HTTP API. ingress.throttling limits requests`,
      ),
    },
  },
  {
    id: 'ELB.17',
    title: 'Application and Network Load Balancers with listeners should use recommended security policies',
    judgement: met('an HTTPS listener, which a certificate makes, takes TLS 1.2 and 1.3'),
    differs: { 'blue-green': notApplicable('there is no HTTPS listener') },
  },
  {
    id: 'APIGateway.8',
    title: 'API Gateway routes should specify an authorization type',
    judgement: notApplicable('there is no HTTP API'),
    differs: {
      'blue-green': accepted('the one route leads everything to the backend, which decides who may do what'),
    },
  },
  {
    id: 'APIGateway.9',
    title: 'Access logging should be configured for API Gateway V2 Stages',
    judgement: notApplicable('there is no HTTP API'),
    differs: { 'blue-green': met('the stage writes a line of every request to a log group') },
  },
  {
    id: 'CloudFront.5',
    title: 'CloudFront distributions should have logging enabled',
    judgement: notApplicable(
      'no preset has a distribution; one of cdn.enabled writes its log with accessLogs.enabled by standard logging of version 2, which needs no access control lists and which this control does not see: AWS reports it',
    ),
  },
  {
    id: 'CloudFront.6',
    title: 'CloudFront distributions should have WAF enabled',
    judgement: noDistribution('waf.enabled, which the profile turns on'),
  },
  {
    id: 'CloudFront.7',
    title: 'CloudFront distributions should use custom SSL/TLS certificates',
    judgement: noDistribution('cdn.certificateArn and cdn.domainName'),
  },
  {
    id: 'CloudFront.9',
    title: 'CloudFront distributions should encrypt traffic to custom origins',
    judgement: noDistribution('loadBalancer.certificateArn and loadBalancer.domainName'),
  },
];
