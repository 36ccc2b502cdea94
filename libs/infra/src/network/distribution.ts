import { CloudfrontDistribution } from '@cdktf/provider-aws/lib/cloudfront-distribution/index.js';
import { type Environment, resourceNames } from '@tideline/config';
import { Construct } from 'constructs';

/** Policies of AWS’s own (CloudFront guide, managed policies): nothing is cached; all headers, cookies and queries go on. */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allViewerAndCloudFrontHeaders = '33f36d7e-f396-46d9-90e0-52428a34d9dc';
const origin = 'balancer';

export interface DistributionProps {
  readonly environment: Environment;
  /** Name of the balancer that requests go on to. */
  readonly balancerDomain: string;
}

/**
 * CloudFront in front of the balancer: TLS ends near the client, and AWS’s network carries the request on. Every route is
 * dynamic, so that nothing is cached, and cookies pass both ways.
 */
export class Distribution extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { environment, balancerDomain }: DistributionProps) {
    super(scope, id);
    const { loadBalancer, cdn } = environment;
    const distribution = new CloudfrontDistribution(this, 'distribution', {
      comment: resourceNames(environment).service,
      enabled: true,
      isIpv6Enabled: true,
      httpVersion: 'http2and3',
      priceClass: cdn.priceClass,
      origin: [
        {
          originId: origin,
          domainName: balancerDomain,
          customOriginConfig: {
            httpPort: loadBalancer.listenerPort,
            httpsPort: 443,
            // No certificate carries the name that AWS gave the balancer.
            originProtocolPolicy: 'http-only',
            originSslProtocols: ['TLSv1.2'],
          },
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: origin,
        viewerProtocolPolicy: 'redirect-to-https',
        allowedMethods: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
        cachedMethods: ['GET', 'HEAD'],
        cachePolicyId: cachingDisabled,
        originRequestPolicyId: allViewerAndCloudFrontHeaders,
        compress: true,
      },
      restrictions: { geoRestriction: { restrictionType: 'none' } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    });
    this.url = `https://${distribution.domainName}`;
  }
}
