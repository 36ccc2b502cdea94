import {
  CloudfrontDistribution,
  type CloudfrontDistributionDefaultCacheBehavior,
  type CloudfrontDistributionOrderedCacheBehavior,
  type CloudfrontDistributionOrigin,
  type CloudfrontDistributionViewerCertificate,
} from '@cdktf/provider-aws/lib/cloudfront-distribution/index.js';
import { CloudwatchLogDeliveryDestination } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination/index.js';
import { CloudwatchLogDeliverySource } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-source/index.js';
import { CloudwatchLogDelivery } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery/index.js';
import { type Environment, resourceNames } from '@tideline/config';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import type { PrivateBucket } from '../ground/private-bucket.ts';
import type { LoadBalancer } from './load-balancer.ts';
import type { OriginSecret } from './origin-secret.ts';

/**
 * Policies of AWS’s own (CloudFront guide, managed policies): nothing is cached; all headers, cookies and queries go on;
 * answers are kept as long as their Cache-Control says, up to a year, by their path alone.
 */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allViewerAndCloudFrontHeaders = '33f36d7e-f396-46d9-90e0-52428a34d9dc';
const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const origin = 'balancer';
const minimumTls = 'TLSv1.2_2021';
/**
 * Every error that CloudFront keeps for 10 s unless told otherwise (its guide, status codes that it always caches): a sale
 * must not go on failing for a server that is back, nor for everybody because one client sent what is answered 414 or 501.
 */
const keptErrors = [404, 414, 500, 501, 502, 503, 504];

export interface DistributionProps {
  readonly environment: Environment;
  /** The balancer that requests go on to. */
  readonly loadBalancer: LoadBalancer;
  /** What the distribution shows the balancer. */
  readonly secret: OriginSecret;
  /** ARN of the web ACL that looks at requests first; undefined where there is no firewall. */
  readonly webAclArn: string | undefined;
  /** Where access logs go; undefined writes none. */
  readonly accessLogs: PrivateBucket | undefined;
  /** Of the Region in which CloudFront hands its logs out. */
  readonly globalProvider: TerraformProvider;
}

/**
 * CloudFront in front of the balancer: TLS ends near the client, and AWS’s network carries the request on. Paths that the
 * description names are kept as their answers allow; all others pass, with cookies both ways.
 */
export class Distribution extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, props: DistributionProps) {
    super(scope, id);
    const { environment, loadBalancer, webAclArn, accessLogs } = props;
    const { cdn, container } = environment;
    const distribution = new CloudfrontDistribution(this, 'distribution', {
      comment: resourceNames(environment).service,
      enabled: true,
      isIpv6Enabled: true,
      httpVersion: 'http2and3',
      priceClass: cdn.priceClass,
      ...(cdn.domainName === null ? {} : { aliases: [cdn.domainName] }),
      ...(webAclArn === undefined ? {} : { webAclId: webAclArn }),
      origin: [balancerOrigin(props)],
      defaultCacheBehavior: passOn,
      orderedCacheBehavior: cdn.cachedPaths.map((path) => keep(`${container.basePath}${path}`)),
      customErrorResponse: keptErrors.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
      restrictions: { geoRestriction: { restrictionType: 'none' } },
      viewerCertificate: viewerCertificate(cdn),
      // The balancer takes a value before the distribution sends it.
      dependsOn: [loadBalancer.route],
    });
    this.url = `https://${cdn.domainName ?? distribution.domainName}`;
    if (accessLogs !== undefined) this.#log(distribution, accessLogs, props);
  }

  /** Version 2 of standard logging: the first version needs a bucket with access control lists, which ours refuse. */
  #log(
    distribution: CloudfrontDistribution,
    { bucket, policy }: PrivateBucket,
    { environment, globalProvider: provider }: DistributionProps,
  ): void {
    const name = resourceNames(environment).distributionLogs;
    const source = new CloudwatchLogDeliverySource(this, 'log-source', {
      provider,
      name,
      logType: 'ACCESS_LOGS',
      resourceArn: distribution.arn,
    });
    const destination = new CloudwatchLogDeliveryDestination(this, 'log-destination', {
      provider,
      name,
      outputFormat: 'w3c',
      deliveryDestinationConfiguration: [{ destinationResourceArn: bucket.arn }],
    });
    new CloudwatchLogDelivery(this, 'log-delivery', {
      provider,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      dependsOn: [policy],
    });
  }
}

/** By TLS where the balancer has a certificate: CloudFront then asks by the name that the certificate carries. */
function balancerOrigin({
  environment,
  loadBalancer,
  secret,
}: DistributionProps): CloudfrontDistributionOrigin {
  const { listenerPort, domainName } = environment.loadBalancer;
  return {
    originId: origin,
    domainName: domainName ?? loadBalancer.balancer.dnsName,
    customHeader: [{ name: secret.header, value: secret.sent }],
    customOriginConfig: {
      httpPort: listenerPort,
      httpsPort: 443,
      originProtocolPolicy: domainName === null ? 'http-only' : 'https-only',
      originSslProtocols: ['TLSv1.2'],
    },
  };
}

const everywhere = { targetOriginId: origin, viewerProtocolPolicy: 'redirect-to-https', compress: true };

const passOn: CloudfrontDistributionDefaultCacheBehavior = {
  ...everywhere,
  allowedMethods: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
  cachedMethods: ['GET', 'HEAD'],
  cachePolicyId: cachingDisabled,
  originRequestPolicyId: allViewerAndCloudFrontHeaders,
};

const keep = (pathPattern: string): CloudfrontDistributionOrderedCacheBehavior => ({
  ...everywhere,
  pathPattern,
  allowedMethods: ['GET', 'HEAD'],
  cachedMethods: ['GET', 'HEAD'],
  cachePolicyId: cachingOptimized,
});

const viewerCertificate = ({
  certificateArn,
}: Environment['cdn']): CloudfrontDistributionViewerCertificate =>
  certificateArn === null
    ? { cloudfrontDefaultCertificate: true }
    : {
        acmCertificateArn: certificateArn,
        sslSupportMethod: 'sni-only',
        minimumProtocolVersion: minimumTls,
      };
