import { type AwsRequest } from '../gateway/aws-request.ts';
import { queryError } from '../gateway/query-xml.ts';
import { contentOf, ownTexts } from '../gateway/read-xml.ts';
import { type AwsAnswer, type Repair } from '../gateway/repair.ts';

const service = 'cloudfront';
const api = '/2020-05-31';
const account = '123456789012';

interface Distribution {
  readonly id: string;
  /** Elements of the configuration, in the client’s own words. */
  readonly config: string;
  /** Which of its configurations this is: a change must name the last one. */
  readonly version: number;
  /** Who asks after a change is told that it has reached every location. */
  readonly isDeployed: boolean;
  /** As XML has them. */
  readonly tags: ReadonlyMap<string, string>;
}

/**
 * Distributions. Moto’s ARN of one lacks the empty Region. It also keeps only some settings, takes any If-Match, and deletes
 * what is enabled; the gateway keeps all of them itself.
 */
export function cloudfrontRepairs(): readonly Repair[] {
  const distributions = new Map<string, Distribution>();
  let created = 0;

  const keep = (distribution: Distribution): Distribution => {
    distributions.set(distribution.id, distribution);
    return distribution;
  };
  const on = (operation: string, aws: string, answer: (request: AwsRequest) => AwsAnswer): Repair => ({
    ...{ service, operation, aws },
    answer: (request) => Promise.resolve(answer(request)),
  });
  /** About one distribution, which the path names, or its ARN. */
  const about = (
    operation: string,
    aws: string,
    answer: (distribution: Distribution, request: AwsRequest) => AwsAnswer,
  ): Repair =>
    on(operation, aws, (request) => {
      const name = request.query.get('Resource') ?? request.path;
      const id = /distribution\/([^/]+)/.exec(name)?.[1] ?? '';
      const distribution = distributions.get(id);
      return distribution === undefined
        ? queryError(404, 'NoSuchDistribution', `No distribution ${name}.`)
        : answer(distribution, request);
    });

  return [
    on(`POST ${api}/distribution`, 'a distribution that has all of its settings', ({ body }) => {
      const config = configIn(body);
      const refusal = refusalOf(config);
      if (refusal !== undefined) return refusal;
      created += 1;
      const id = `E${String(created).padStart(13, '0')}`;
      return described(keep({ id, config, version: 1, isDeployed: false, tags: tagsIn(body) }), 201);
    }),
    on(`GET ${api}/distribution`, 'the distributions', () => listed([...distributions.values()])),
    about(`GET ${api}/distribution/{id}`, 'the distribution with its version', (distribution) =>
      described(keep({ ...distribution, isDeployed: true })),
    ),
    about(`GET ${api}/distribution/{id}/config`, 'its settings alone', (distribution) => ({
      status: 200,
      headers: { etag: etag(distribution) },
      body: configOf(distribution),
    })),
    about(`PUT ${api}/distribution/{id}/config`, 'replaces the settings', (distribution, request) => {
      const config = configIn(request.body);
      const refusal = staleness(distribution, request) ?? refusalOf(config);
      if (refusal !== undefined) return refusal;
      const version = distribution.version + 1;
      return described(keep({ ...distribution, config, version, isDeployed: false }));
    }),
    about(`DELETE ${api}/distribution/{id}`, 'deletes what is disabled', (distribution, request) => {
      const stale = staleness(distribution, request);
      if (stale !== undefined) return stale;
      const { id, config, isDeployed } = distribution;
      if (!isDeployed || ownTexts(config).get('Enabled') !== 'false')
        return queryError(409, 'DistributionNotDisabled', `${id} is not disabled everywhere.`);
      distributions.delete(id);
      return done;
    }),
    about(`GET ${api}/tagging`, 'the tags', ({ tags }) => ({
      status: 200,
      body: `<Tags><Items>${[...tags].map(([name, value]) => tag(name, value)).join('')}</Items></Tags>`,
    })),
    about(`POST ${api}/tagging`, 'adds tags, or removes them', (distribution, { query, body }) => {
      const tags = new Map([...distribution.tags, ...tagsIn(body)]);
      if (query.get('Operation') === 'Untag')
        for (const [, name = ''] of body.matchAll(/<Key>([^<]*)<\/Key>/g)) tags.delete(name);
      keep({ ...distribution, tags });
      return done;
    }),
  ];
}

const done: AwsAnswer = { status: 204, body: '' };
const etag = ({ id, version }: Distribution): string => `${id}V${version}`;
const tag = (name: string, value: string): string => `<Tag><Key>${name}</Key><Value>${value}</Value></Tag>`;

/** AWS gives back what it was given, and names what a distribution has none of: Terraform fails without the groups of origins. */
function configIn(xml: string): string {
  const config = contentOf(xml, 'DistributionConfig');
  return ownTexts(config).has('OriginGroups')
    ? config
    : `${config}<OriginGroups><Quantity>0</Quantity></OriginGroups>`;
}

const tagsIn = (xml: string): ReadonlyMap<string, string> =>
  new Map(
    [...xml.matchAll(/<Tag><Key>([^<]*)<\/Key><Value>([^<]*)<\/Value><\/Tag>/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );

/** A distribution takes web ACLs of the scope CLOUDFRONT alone. */
function refusalOf(config: string): AwsAnswer | undefined {
  const webAcl = ownTexts(config).get('WebACLId') ?? '';
  return webAcl === '' || /^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\//.test(webAcl)
    ? undefined
    : queryError(400, 'InvalidWebACLId', `No web ACL of the scope CLOUDFRONT: ${webAcl}`);
}

function staleness(distribution: Distribution, { headers }: AwsRequest): AwsAnswer | undefined {
  const seen = headers.get('if-match');
  if (seen === null) return queryError(400, 'InvalidIfMatchVersion', 'The If-Match version is missing.');
  return seen === etag(distribution)
    ? undefined
    : queryError(412, 'PreconditionFailed', `${seen} is not ${etag(distribution)}, the last version.`);
}

const facts = ({ id, isDeployed }: Distribution): string =>
  [
    `<Id>${id}</Id><ARN>arn:aws:cloudfront::${account}:distribution/${id}</ARN>`,
    `<Status>${isDeployed ? 'Deployed' : 'InProgress'}</Status>`,
    '<LastModifiedTime>2026-01-01T00:00:00Z</LastModifiedTime>',
    `<DomainName>${id.toLowerCase()}.cloudfront.net</DomainName>`,
  ].join('');

const configOf = ({ config }: Distribution): string => `<DistributionConfig>${config}</DistributionConfig>`;

const described = (distribution: Distribution, status = 200): AwsAnswer => ({
  status,
  headers: { etag: etag(distribution) },
  body: `<Distribution>${facts(distribution)}<InProgressInvalidationBatches>0</InProgressInvalidationBatches>${configOf(distribution)}</Distribution>`,
});

const listed = (distributions: readonly Distribution[]): AwsAnswer => {
  const items = distributions.map(
    (distribution) =>
      `<DistributionSummary>${facts(distribution)}${distribution.config}</DistributionSummary>`,
  );
  return {
    status: 200,
    body: `<DistributionList><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems><Quantity>${items.length}</Quantity><Items>${items.join('')}</Items></DistributionList>`,
  };
};
