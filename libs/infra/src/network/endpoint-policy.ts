import { arnIn } from '@tideline/config';
import { type Statement, policyDocument } from '../ground/policy-document.ts';

interface EndpointScope {
  readonly region: string;
  readonly accountId: string;
}

/**
 * Policy of a VPC endpoint: the account’s own identities, whatever they ask for. It grants nothing, since IAM decides what an
 * identity may do; it keeps credentials of other accounts from carrying data out (AWS whitepaper, building a data perimeter).
 */
export const endpointPolicy = (service: string, scope: EndpointScope): string =>
  policyDocument([
    {
      Sid: 'Account',
      Effect: 'Allow',
      Principal: '*',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalAccount': scope.accountId } },
    },
    ...(service === 's3' ? [publicObjects(scope)] : []),
  ]);

/**
 * What is read without the account’s credentials: layers of images, by addresses that ECR signs (ECR guide, interface
 * endpoints), and packages of Amazon Linux 2023 (its guide, repositories in S3).
 */
const publicObjects = ({ region }: EndpointScope): Statement => ({
  Sid: 'PublicObjects',
  Effect: 'Allow',
  Principal: '*',
  Action: ['s3:GetObject'],
  Resource: [`prod-${region}-starport-layer-bucket`, `al2023-repos-${region}-de612dc2`].map((bucket) =>
    arnIn(region, `s3:::${bucket}/*`),
  ),
});
