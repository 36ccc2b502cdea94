import { type BaselineControl, byProduction, met, notApplicable } from './control.ts';

const noFunction = notApplicable('there is no Lambda function');

/** Controls of tasks, clusters, images and functions. */
export const containerControls: readonly BaselineControl[] = [
  {
    id: 'ECS.1',
    title: 'Amazon ECS task definitions should have secure networking modes and user definitions',
    judgement: met('no task uses the host’s network; every container names a user that is not root'),
  },
  {
    id: 'ECS.2',
    title: 'ECS services should not have public IP addresses assigned to them automatically',
    judgement: met('tasks are in private subnets without public addresses'),
    differs: {
      'stateless-asg': notApplicable('there is no ECS service'),
      'flash-sale': notApplicable('tasks have the network of their instance, and no address of their own'),
    },
  },
  {
    id: 'ECS.3',
    title: 'ECS task definitions should not share the host’s process namespace',
    judgement: met('no task definition does'),
  },
  {
    id: 'ECS.4',
    title: 'ECS containers should run as non-privileged',
    judgement: met('no container is privileged; all capabilities are dropped'),
  },
  {
    id: 'ECS.5',
    title: 'ECS containers should be limited to read-only access to root filesystems',
    judgement: met('container.linux.readOnlyRootFilesystem is true for the shipped backend'),
  },
  {
    id: 'ECS.8',
    title: 'Secrets should not be passed as container environment variables',
    judgement: met('secrets are read from Secrets Manager or Parameter Store when a task starts'),
  },
  {
    id: 'ECS.9',
    title: 'ECS task definitions should have a logging configuration',
    judgement: met('every container writes to a log group of its own'),
  },
  {
    id: 'ECS.10',
    title: 'ECS Fargate services should run on the latest Fargate platform version',
    judgement: met('services name no platform version, which is the latest'),
    differs: {
      'stateless-asg': notApplicable('there is no ECS service'),
      'flash-sale': notApplicable('tasks run on instances'),
    },
  },
  {
    id: 'ECS.12',
    title: 'ECS clusters should use Container Insights',
    judgement: met('the cluster of a service has them: its count of tasks comes from there'),
    differs: { 'stateless-asg': byProduction('loadRunner.containerInsights=true') },
  },
  {
    id: 'ECR.1',
    title: 'ECR private repositories should have image scanning configured',
    judgement: met('images are scanned when they are pushed'),
  },
  {
    id: 'ECR.2',
    title: 'ECR private repositories should have tag immutability configured',
    judgement: met('tags are immutable'),
  },
  {
    id: 'ECR.3',
    title: 'ECR repositories should have at least one lifecycle policy configured',
    judgement: met('the last 20 images are kept, and untagged layers for 7 days'),
  },
  {
    id: 'Lambda.1',
    title: 'Lambda function policies should prohibit public access',
    judgement: noFunction,
    differs: { 'blue-green': met('the function has no policy of its own: CodeDeploy calls it by its role') },
  },
  {
    id: 'Lambda.2',
    title: 'Lambda functions should use supported runtimes',
    judgement: noFunction,
    differs: { 'blue-green': met('it runs on Node.js 22') },
  },
  {
    id: 'Lambda.5',
    title: 'VPC Lambda functions should operate in multiple Availability Zones',
    judgement: noFunction,
    differs: { 'blue-green': met('it has the private subnets of every zone, two by default') },
  },
];
