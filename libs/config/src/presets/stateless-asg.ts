import type { EnvironmentInput } from '../environment.ts';

/** An EC2 Auto Scaling group whose instances keep nothing: sessions live in Redis, files in S3. */
export const statelessAsg: EnvironmentInput = {
  preset: 'stateless-asg',
  compute: { kind: 'ec2-asg', instanceType: 't3.micro', hostPort: 80, warmupSeconds: 300 },
  container: { port: 3000, cpuMillisecondsPerRequest: 20 },
  healthCheck: {
    path: '/health',
    intervalSeconds: 30,
    timeoutSeconds: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 3,
    gracePeriodSeconds: 300,
  },
  loadBalancer: { deregistrationDelaySeconds: 300 },
  capacity: { min: 2, max: 10, desired: 2 },
  sessions: { store: 'redis' },
  files: { store: 's3' },
  scaling: {
    policies: [{ type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 50 } }],
  },
  // Its rate is that of steady; each client keeps a session, and the run is judged by what that still holds at the end.
  load: { profile: 'sessions' },
};
