import type { InstanceType } from '../compute/instance-types.ts';

/** Where figures were found, and the date of that publication, where it bears one. Each is a copy of AWS’s list, not the list itself. */
const sources = {
  vantageFargate: { source: 'vantage.sh, Fargate pricing', asOf: 'undated' },
  sst: { source: 'sst.dev, documentation of the service component', asOf: 'undated' },
  cloudHorizons: { source: 'cloud-horizons.com, ALB', asOf: '2026-05' },
  zacfukuda: { source: 'zacfukuda.com, NAT gateway against VPC endpoints', asOf: '2026-06' },
  signoz: { source: 'signoz.io, CloudWatch pricing', asOf: 'undated' },
  goCloud: {
    source: 'go-cloud.io, EC2 pricing: t3.large; sizes of the family in proportion',
    asOf: '2026',
  },
  kindatechnical: {
    source: 'kindatechnical.com, ECS pricing: t2.micro; sizes of the family in proportion, rounded by AWS',
    asOf: 'undated',
  },
  cloudprice: { source: 'cloudprice.app, burst credits', asOf: 'undated' },
  c3xEbs: { source: 'c3x.dev, aws_ebs_volume', asOf: 'undated' },
  c3xAlarm: { source: 'c3x.dev, aws_cloudwatch_metric_alarm', asOf: 'undated' },
  c3xWaf: { source: 'c3x.dev, AWS WAF cost', asOf: 'undated' },
  dragonfly: { source: 'dragonflydb.io, cache.t3.micro', asOf: 'undated' },
  valkey: {
    source: 'AWS, announcement of ElastiCache for Valkey: 20 % below the same node with Redis OSS',
    asOf: '2024-10',
  },
  awsnegotiations: { source: 'awsnegotiations.com, S3 storage', asOf: 'undated' },
  hivebook: { source: 'hivebook.wiki, Secrets Manager', asOf: 'undated' },
  helena: { source: 'projecthelena.com, AWS bill 2026', asOf: '2026' },
  awsPrivateApis: {
    source: 'AWS whitepaper, Best Practices for Designing API Gateway Private APIs, cost optimization',
    asOf: 'undated',
  },
  cloudburn: { source: 'cloudburn.io, AWS KMS pricing', asOf: '2026-03' },
  unchecked: { source: 'AWS’s list as commonly quoted; not checked against a publication', asOf: 'undated' },
} as const;

type Entry = readonly [usd: number, unit: string, from: keyof typeof sources];

const instanceHour = (usd: number, from: Entry[2]): Entry => [usd, 'instance-hour', from];
const nodeHour = (usd: number, from: Entry[2]): Entry => [usd, 'node-hour', from];

const ec2 = {
  'ec2.t2.micro': instanceHour(0.0116, 'kindatechnical'),
  'ec2.t2.small': instanceHour(0.023, 'kindatechnical'),
  'ec2.t2.medium': instanceHour(0.0464, 'kindatechnical'),
  'ec2.t3.micro': instanceHour(0.0104, 'goCloud'),
  'ec2.t3.small': instanceHour(0.0208, 'goCloud'),
  'ec2.t3.medium': instanceHour(0.0416, 'goCloud'),
  'ec2.t3.large': instanceHour(0.0832, 'goCloud'),
  'ec2.t4g.micro': instanceHour(0.0084, 'unchecked'),
  'ec2.t4g.small': instanceHour(0.0168, 'unchecked'),
  'ec2.t4g.medium': instanceHour(0.0336, 'unchecked'),
  'ec2.t4g.large': instanceHour(0.0672, 'unchecked'),
} as const satisfies Record<`ec2.${InstanceType}`, Entry>;

/** List prices of AWS in us-east-1, in USD without tax, on demand, in the first tier of volume. */
export const priceList = {
  'fargate.x86.vcpuHour': [0.04048, 'vCPU-hour', 'vantageFargate'],
  'fargate.x86.gigabyteHour': [0.004445, 'GB-hour', 'vantageFargate'],
  'fargate.arm.vcpuHour': [0.03238, 'vCPU-hour', 'vantageFargate'],
  'fargate.arm.gigabyteHour': [0.00356, 'GB-hour', 'vantageFargate'],
  ...ec2,
  'ec2.t2.surplusCredits': [0.05, 'vCPU-hour', 'unchecked'],
  'ec2.t3.surplusCredits': [0.05, 'vCPU-hour', 'cloudprice'],
  'ec2.t4g.surplusCredits': [0.04, 'vCPU-hour', 'unchecked'],
  'ebs.gp3': [0.08, 'GB-month', 'c3xEbs'],
  'alb.hour': [0.0225, 'hour', 'cloudHorizons'],
  'alb.lcuHour': [0.008, 'LCU-hour', 'cloudHorizons'],
  'publicAddress.hour': [0.005, 'address-hour', 'sst'],
  'lambda.arm.gigabyteSecond': [0.0000133334, 'GB-second', 'unchecked'],
  'natGateway.hour': [0.045, 'gateway-hour', 'zacfukuda'],
  'natGateway.gigabyte': [0.045, 'GB', 'zacfukuda'],
  'interfaceEndpoint.hour': [0.01, 'endpoint-hour', 'zacfukuda'],
  'interfaceEndpoint.gigabyte': [0.01, 'GB', 'zacfukuda'],
  'transfer.out': [0.09, 'GB', 'helena'],
  'transfer.betweenZones': [0.01, 'GB', 'unchecked'],
  'elasticache.cache.t3.micro': nodeHour(0.017, 'dragonfly'),
  'elasticache.cache.t3.small': nodeHour(0.034, 'unchecked'),
  'elasticache.cache.t3.medium': nodeHour(0.068, 'unchecked'),
  'elasticache.cache.t4g.micro': nodeHour(0.016, 'unchecked'),
  'elasticache.cache.t4g.small': nodeHour(0.032, 'unchecked'),
  'elasticache.cache.t4g.medium': nodeHour(0.065, 'unchecked'),
  'elasticache.valkey.cache.t3.micro': nodeHour(0.0136, 'valkey'),
  'elasticache.valkey.cache.t3.small': nodeHour(0.0272, 'valkey'),
  'elasticache.valkey.cache.t3.medium': nodeHour(0.0544, 'valkey'),
  'elasticache.valkey.cache.t4g.micro': nodeHour(0.0128, 'valkey'),
  'elasticache.valkey.cache.t4g.small': nodeHour(0.0256, 'valkey'),
  'elasticache.valkey.cache.t4g.medium': nodeHour(0.052, 'valkey'),
  'elasticache.backup': [0.085, 'GB-month', 'unchecked'],
  's3.standard': [0.023, 'GB-month', 'awsnegotiations'],
  's3.standardIa': [0.0125, 'GB-month', 'awsnegotiations'],
  's3.glacierIr': [0.004, 'GB-month', 'unchecked'],
  's3.glacierIrThousandTransitions': [0.02, '1,000 requests', 'unchecked'],
  's3.thousandWrites': [0.005, '1,000 requests', 'unchecked'],
  's3.thousandReads': [0.0004, '1,000 requests', 'unchecked'],
  's3.thousandTransitions': [0.01, '1,000 requests', 'unchecked'],
  'dynamodb.millionWrites': [0.625, '1M requests', 'unchecked'],
  'ecr.storage': [0.1, 'GB-month', 'unchecked'],
  'secrets.secret': [0.4, 'secret-month', 'hivebook'],
  'secrets.tenThousandCalls': [0.05, '10,000 calls', 'hivebook'],
  'kms.key': [1, 'key-month', 'cloudburn'],
  'kms.tenThousandRequests': [0.03, '10,000 requests', 'cloudburn'],
  'cloudwatch.metric': [0.3, 'metric-month', 'signoz'],
  'cloudwatch.alarm': [0.1, 'alarm metric', 'c3xAlarm'],
  'cloudwatch.highResolutionAlarm': [0.3, 'alarm metric', 'c3xAlarm'],
  'cloudwatch.dashboard': [3, 'dashboard', 'signoz'],
  'cloudwatch.logs': [0.5, 'GB', 'signoz'],
  'cloudwatch.vendedLogs': [0.5, 'GB', 'unchecked'],
  'cloudwatch.logStorage': [0.03, 'GB-month', 'unchecked'],
  'sns.thousandEmails': [0.02, '1,000 e-mails', 'unchecked'],
  'xray.millionTraces': [5, '1M traces', 'unchecked'],
  'httpApi.millionRequests': [1, '1M requests', 'awsPrivateApis'],
  'waf.acl': [5, 'ACL-month', 'c3xWaf'],
  'waf.rule': [1, 'rule-month', 'c3xWaf'],
  'waf.millionRequests': [0.6, '1M requests', 'c3xWaf'],
  'cloudfront.gigabyte': [0.085, 'GB', 'unchecked'],
  'cloudfront.tenThousandRequests': [0.01, '10,000 requests', 'unchecked'],
} as const satisfies Record<string, Entry>;

export type ListedPrice = keyof typeof priceList;

/** Where an entry of the list comes from. */
export const sourceOf = (entry: Entry): { readonly source: string; readonly asOf: string } =>
  sources[entry[2]];
