import * as z from 'zod';

interface Listing {
  readonly service: string;
  /** JSON protocols: value of X-Amz-Target. Query protocols: `Action` and `Version`. */
  readonly target?: string;
  readonly action?: readonly [name: string, version: string];
  /** REST protocols. */
  readonly path?: string;
  /** @default an empty object */
  readonly body?: string;
  readonly name: RegExp;
  /** Names in the answer of what is deleted, and stays on record for a while. */
  readonly gone?: RegExp;
}

const ecsTarget = 'AmazonEC2ContainerServiceV20141113';

const ec2 = (action: string, field: string): Listing => ({
  service: 'ec2',
  action: [action, '2016-11-15'],
  name: new RegExp(`<${field}>([^<]+)</${field}>`, 'g'),
});

const query = (service: string, action: readonly [string, string], field: string): Listing => ({
  service,
  action,
  name: new RegExp(`<${field}>([^<]+)</${field}>`, 'g'),
});

const json = (service: string, target: string, field: string): Listing => ({
  service,
  target,
  name: new RegExp(`"${field}": ?"([^"]+)"`, 'g'),
});

/** One listing per kind of resource that the stacks create, tagged or not: the tagging API knows only some of them. */
const listings: readonly Listing[] = [
  // What is INACTIVE at ECS, and terminated instances, stay on record: clusters and groups are asked for by themselves. So do
  // keys that wait for their deletion, whose aliases tell of them, and secrets that do, which ListSecrets leaves out.
  {
    service: 'tagging',
    target: 'ResourceGroupsTaggingAPI_20170126.GetResources',
    name: /"ResourceARN": ?"((?!arn:aws:(?:ecs|kms|secretsmanager):|arn:aws:ec2:[^":]*:[^":]*:instance\/)[^"]+)"/g,
  },
  ec2('DescribeVpcs', 'vpcId'),
  ec2('DescribeSubnets', 'subnetId'),
  ec2('DescribeInternetGateways', 'internetGatewayId'),
  ec2('DescribeRouteTables', 'routeTableId'),
  ec2('DescribeSecurityGroups', 'groupId'),
  {
    ...ec2('DescribeVpcEndpoints', 'vpcEndpointId'),
    gone: /<vpcEndpointId>([^<]+)<(?:(?!<vpcEndpointId>)[^])*?<state>deleted</g,
  },
  ec2('DescribeLaunchTemplates', 'launchTemplateId'),
  ec2('DescribeFlowLogs', 'flowLogId'),
  // Aliases of keys that AWS manages begin with aws/.
  {
    service: 'kms',
    target: 'TrentService.ListAliases',
    name: /"AliasName": ?"(alias\/(?!aws\/)[^"]+)"/g,
  },
  query('elasticloadbalancing', ['DescribeLoadBalancers', '2015-12-01'], 'LoadBalancerArn'),
  query('elasticloadbalancing', ['DescribeTargetGroups', '2015-12-01'], 'TargetGroupArn'),
  query('autoscaling', ['DescribeAutoScalingGroups', '2011-01-01'], 'AutoScalingGroupName'),
  query('elasticache', ['DescribeReplicationGroups', '2015-02-02'], 'ReplicationGroupId'),
  query('elasticache', ['DescribeCacheSubnetGroups', '2015-02-02'], 'CacheSubnetGroupName'),
  query('iam', ['ListInstanceProfiles', '2010-05-08'], 'InstanceProfileName'),
  query('iam', ['ListRoles', '2010-05-08'], 'RoleName'),
  query('iam', ['ListOpenIDConnectProviders', '2010-05-08'], 'Arn'),
  query('monitoring', ['DescribeAlarms', '2010-08-01'], 'AlarmName'),
  query('monitoring', ['ListDashboards', '2010-08-01'], 'DashboardName'),
  query('sns', ['ListTopics', '2010-03-31'], 'TopicArn'),
  json('ecs', `${ecsTarget}.DescribeCapacityProviders`, 'capacityProviderArn'),
  json('ecr', 'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories', 'repositoryArn'),
  json('secretsmanager', 'secretsmanager.ListSecrets', 'Name'),
  // Those under /aws/ are public ones of AWS.
  { service: 'ssm', target: 'AmazonSSM.DescribeParameters', name: /"Name": ?"((?!\/aws\/)[^"]+)"/g },
  json('logs', 'Logs_20140328.DescribeLogGroups', 'logGroupName'),
  json('logs', 'Logs_20140328.DescribeDeliveries', 'arn'),
  json('logs', 'Logs_20140328.DescribeDeliverySources', 'arn'),
  json('logs', 'Logs_20140328.DescribeDeliveryDestinations', 'arn'),
  { service: 'cloudfront', path: '/2020-05-31/distribution', name: /<ARN>([^<]+)<\/ARN>/g },
  { service: 'dynamodb', target: 'DynamoDB_20120810.ListTables', name: /"((?!TableNames)[^"]+)"/g },
  { service: 'apigateway', path: '/v2/apis', name: /"apiId": ?"([^"]+)"/g },
  { service: 'apigateway', path: '/v2/vpclinks', name: /"vpcLinkId": ?"([^"]+)"/g },
  {
    service: 'codedeploy',
    target: 'CodeDeploy_20141006.ListApplications',
    name: /"((?!applications)[^"]+)"/g,
  },
  ...['REGIONAL', 'CLOUDFRONT'].map((Scope) => ({
    ...json('wafv2', 'AWSWAF_20190729.ListWebACLs', 'ARN'),
    body: JSON.stringify({ Scope }),
  })),
  { service: 's3', name: /<Name>([^<]+)<\/Name>/g },
];

const clusterList = z.object({
  clusters: z.array(z.object({ clusterArn: z.string(), status: z.string() })),
});

const names = (answer: string, pattern: RegExp): readonly string[] =>
  [...answer.matchAll(pattern)].map(([, name]) => name ?? '');

const stateFile = z.object({
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(z.object({ attributes: z.record(z.string(), z.unknown()) })),
    }),
  ),
});

/** One resource as Terraform’s state in the bucket has it. */
export interface StoredResource {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The emulator reads the service from the signature’s scope, and verifies no signature. */
export function signedFor(service: string): Record<string, string> {
  const scope = `test/20260101/us-east-1/${service}/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` };
}

/** Looks into the emulated account past Terraform: what exists there, whatever its state says. */
export class EmulatedAccount {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** `ec2 DescribeVpcs vpc-1234` for every resource of the kinds that the stacks create. */
  async resources(): Promise<ReadonlySet<string>> {
    const found = await Promise.all(
      listings.map(async (listing) => {
        const answer = await this.#call(listing);
        const operation = listing.target?.split('.').at(-1) ?? listing.action?.[0] ?? 'list';
        const gone = new Set(listing.gone === undefined ? [] : names(answer, listing.gone));
        return names(answer, listing.name)
          .filter((name) => !gone.has(name))
          .map((name) => `${listing.service} ${operation} ${name}`);
      }),
    );
    return new Set([...found.flat(), ...(await this.#activeClusters())]);
  }

  /** A cluster can only become INACTIVE without services, so these are told of by it. */
  async #activeClusters(): Promise<readonly string[]> {
    const all = await this.#call({ service: 'ecs', target: `${ecsTarget}.ListClusters`, name: /./ });
    const answer = await this.#call({
      ...{ service: 'ecs', target: `${ecsTarget}.DescribeClusters`, name: /./ },
      body: JSON.stringify({ clusters: names(all, /"(arn:[^"]+)"/g) }),
    });
    return clusterList
      .parse(JSON.parse(answer))
      .clusters.filter(({ status }) => status === 'ACTIVE')
      .map(({ clusterArn }) => `ecs DescribeClusters ${clusterArn}`);
  }

  /** Ids of locks that are held. The table also keeps a checksum per state, which is none. */
  async heldLocks(table: string): Promise<readonly string[]> {
    const answer = await this.#call({
      ...{ service: 'dynamodb', target: 'DynamoDB_20120810.Scan', name: /./ },
      body: JSON.stringify({ TableName: table }),
    });
    return [...answer.matchAll(/"LockID": ?\{"S": ?"([^"]+)"/g)]
      .map(([, id]) => id ?? '')
      .filter((id) => !id.endsWith('-md5'));
  }

  /** Managed resources of one state by address, without the data sources. */
  async state(bucket: string, key: string): Promise<ReadonlyMap<string, StoredResource>> {
    const response = await fetch(`${this.#url}/${bucket}/${key}`, { headers: signedFor('s3') });
    if (response.status === 404) return new Map();
    const { resources } = stateFile.parse(await response.json());
    return new Map(
      resources
        .filter(({ mode }) => mode === 'managed')
        .flatMap(({ type, name, instances }) =>
          instances.map(({ attributes }, index) => [`${type}.${name}[${index}]`, { type, attributes }]),
        ),
    );
  }

  async #call({ service, target, action, path, body = '{}' }: Listing): Promise<string> {
    const headers = signedFor(service);
    if (target !== undefined) {
      const type = service === 'dynamodb' ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1';
      return this.#text({
        method: 'POST',
        headers: { ...headers, 'content-type': type, 'x-amz-target': target },
        body,
      });
    }
    if (action === undefined) return this.#text({ headers }, path);
    const form = new URLSearchParams({ Action: action[0], Version: action[1] });
    return this.#text({ method: 'POST', headers, body: form });
  }

  async #text(request: RequestInit, path = ''): Promise<string> {
    const response = await fetch(`${this.#url}${path}`, request);
    const text = await response.text();
    if (!response.ok) throw new Error(`listing the emulated account: got ${response.status}: ${text}`);
    return text;
  }
}
