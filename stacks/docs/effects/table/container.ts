import type { Effects } from '../effect.ts';

const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:token-AbCdEf';
const own = { beside: ['container.image=shop:1'] } as const;
const storefront = { preset: 'flash-sale' } as const;

/** What runs in a task, the stores beside it, and how a release replaces it. */
export const containerEffects: Effects = {
  'container.image': { set: 'container.image=shop:1' },
  'container.entryPoint': { ...own, set: 'container.entryPoint=["/start"]' },
  'container.command': { ...own, set: 'container.command=["serve"]' },
  'container.environment': { set: 'container.environment={"GREETING":"hello"}' },
  'container.secrets': { set: `container.secrets={"TOKEN":"${secret}"}` },
  'container.user': { ...own, set: 'container.user=1000:1000' },
  'container.readOnlyRootFilesystem': { set: 'container.readOnlyRootFilesystem=false' },
  'container.linux.initProcessEnabled': { set: 'container.linux.initProcessEnabled=false' },
  'container.linux.dropCapabilities': { set: 'container.linux.dropCapabilities=["NET_RAW"]' },
  'container.linux.openFiles': { set: 'container.linux.openFiles=4096' },
  'container.healthCheck.kind=http': {
    beside: ['container.healthCheck={"kind":"none"}'],
    set: 'container.healthCheck={"kind":"http"}',
  },
  'container.healthCheck.kind=command': {
    set: 'container.healthCheck={"kind":"command","command":["CMD","/ok"]}',
  },
  'container.healthCheck (command).command': {
    beside: ['container.healthCheck={"kind":"command","command":["CMD","/ok"]}'],
    set: 'container.healthCheck.command=["CMD","/fine"]',
  },
  'container.healthCheck.kind=none': { set: 'container.healthCheck={"kind":"none"}' },
  'container.port': { set: 'container.port=8080' },
  'container.basePath': { set: 'container.basePath=/v1' },
  'container.stopTimeoutSeconds': { set: 'container.stopTimeoutSeconds=45' },
  'container.cpuMillisecondsPerRequest': { set: 'container.cpuMillisecondsPerRequest=5' },
  'container.stressRoutes': { set: 'container.stressRoutes=true' },
  'container.stressTokenSecretArn': {
    beside: ['container.stressRoutes=true'],
    set: `container.stressTokenSecretArn=${secret}`,
  },
  'container.scaleInProtection.enabled': { set: 'container.scaleInProtection.enabled=true' },
  'container.scaleInProtection.expiresInMinutes': {
    beside: ['container.scaleInProtection.enabled=true'],
    set: 'container.scaleInProtection.expiresInMinutes=30',
  },
  'sessions.store': { set: 'sessions.store=redis' },
  'sessions.nodeType': { ...storefront, set: 'sessions.nodeType=cache.t4g.small' },
  'sessions.replicas': { ...storefront, set: 'sessions.replicas=0' },
  'sessions.engine': { ...storefront, set: 'sessions.engine=valkey' },
  'sessions.snapshotRetentionDays': { ...storefront, set: 'sessions.snapshotRetentionDays=7' },
  'sessions.snapshotWindow': {
    ...storefront,
    beside: ['sessions.snapshotRetentionDays=7'],
    set: 'sessions.snapshotWindow=03:00-04:00',
  },
  'sessions.alarms.memoryPercent': { ...storefront, set: 'sessions.alarms.memoryPercent=70' },
  'sessions.alarms.engineCpuPercent': { ...storefront, set: 'sessions.alarms.engineCpuPercent=70' },
  'sessions.alarms.connections': { ...storefront, set: 'sessions.alarms.connections=900' },
  'sessions.alarms.evictionsPerMinute': { ...storefront, set: 'sessions.alarms.evictionsPerMinute=10' },
  'sessions.alarms.replicationLagSeconds': {
    ...storefront,
    set: 'sessions.alarms.replicationLagSeconds=2',
  },
  'sessions.alarms.minutes': { ...storefront, set: 'sessions.alarms.minutes=3' },
  'sessions.idleSeconds': { ...storefront, set: 'sessions.idleSeconds=600' },
  'files.store': { beside: ['sessions.store=redis'], set: 'files.store=s3' },
  'files.maximumFileMiB': { preset: 'stateless-asg', set: 'files.maximumFileMiB=5' },
  'files.coldAfterDays': { preset: 'stateless-asg', set: 'files.coldAfterDays=60' },
  'files.coldStorageClass': { preset: 'stateless-asg', set: 'files.coldStorageClass=GLACIER_IR' },
  'files.expireAfterDays': { preset: 'stateless-asg', set: 'files.expireAfterDays=120' },
  'storefront.enabled': { ...storefront, set: 'storefront.enabled=false' },
  'storefront.headline': { ...storefront, set: 'storefront.headline=Last call' },
  'storefront.offer': { ...storefront, set: 'storefront.offer=Two for one' },
  'storefront.product': { ...storefront, set: 'storefront.product=Lamp' },
  'storefront.priceCents': { ...storefront, set: 'storefront.priceCents=100' },
  'storefront.stock': { ...storefront, set: 'storefront.stock=7' },
  'storefront.maximumPerCart': { ...storefront, set: 'storefront.maximumPerCart=2' },
  'storefront.saleSeconds': { ...storefront, set: 'storefront.saleSeconds=600' },
};
