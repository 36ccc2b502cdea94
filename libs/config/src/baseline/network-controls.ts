import { type BaselineControl, accepted, byProduction, met, notApplicable } from './control.ts';

const noInstances = notApplicable('tasks run on Fargate; there are no instances');

/** Controls of the network, and of instances in it. */
export const networkControls: readonly BaselineControl[] = [
  {
    id: 'EC2.2',
    title: 'VPC default security groups should not allow inbound or outbound traffic',
    judgement: met('the default group of the VPC is taken over and has no rule'),
  },
  {
    id: 'EC2.6',
    title: 'VPC flow logging should be enabled in all VPCs',
    judgement: byProduction('network.flowLogs.enabled=true'),
  },
  {
    id: 'EC2.7',
    title: 'EBS default encryption should be enabled',
    judgement: notApplicable(
      'it is a setting of the account in a Region, which no single environment may own; every volume here is encrypted by its launch template',
    ),
  },
  {
    id: 'EC2.8',
    title: 'EC2 instances should use Instance Metadata Service Version 2 (IMDSv2)',
    judgement: noInstances,
    differs: {
      'stateless-asg': met('the launch template requires tokens'),
      'flash-sale': met('the launch template requires tokens'),
    },
  },
  {
    id: 'EC2.15',
    title: 'Amazon EC2 subnets should not automatically assign public IP addresses',
    judgement: met('no subnet does, public ones included'),
  },
  {
    id: 'EC2.18',
    title: 'Security groups should only allow unrestricted incoming traffic for authorized ports',
    judgement: met('only the balancer takes connections from everywhere, on 80 and 443'),
  },
  {
    id: 'EC2.19',
    title: 'Security groups should not allow unrestricted access to ports with high risk',
    judgement: met('only the balancer takes connections from everywhere, on 80 and 443'),
  },
  {
    id: 'EC2.25',
    title: 'Amazon EC2 launch templates should not assign public IPs to network interfaces',
    judgement: noInstances,
    differs: {
      'stateless-asg': met('instances are in private subnets'),
      'flash-sale': accepted(
        'the address is how instances reach AWS without a NAT gateway; their security group takes connections from the balancer alone',
      ),
    },
  },
  {
    id: 'EC2.170',
    title: 'EC2 launch templates should use Instance Metadata Service Version 2 (IMDSv2)',
    judgement: noInstances,
    differs: {
      'stateless-asg': met('the launch template requires tokens'),
      'flash-sale': met('the launch template requires tokens'),
    },
  },
  {
    id: 'AutoScaling.1',
    title: 'Auto Scaling groups associated with a load balancer should use ELB health checks',
    judgement: noInstances,
    differs: {
      'stateless-asg': met('the health check type is ELB'),
      'flash-sale': notApplicable(
        'no balancer knows the group: ECS registers tasks, and replaces unhealthy ones itself',
      ),
    },
  },
  {
    id: 'AutoScaling.2',
    title: 'Amazon EC2 Auto Scaling group should cover multiple Availability Zones',
    judgement: noInstances,
    differs: {
      'stateless-asg': met('availabilityZones has two zones by default'),
      'flash-sale': met('availabilityZones has two zones by default'),
    },
  },
  {
    id: 'AutoScaling.3',
    title:
      'Auto Scaling group launch configurations should configure EC2 instances to require Instance Metadata Service Version 2 (IMDSv2)',
    judgement: notApplicable('there are no launch configurations; EC2.170 is about launch templates'),
  },
  {
    id: 'AutoScaling.6',
    title: 'Auto Scaling groups should use multiple instance types in multiple Availability Zones',
    judgement: noInstances,
    differs: {
      'stateless-asg': accepted(
        'one instance type: capacity is measured and planned for it, and a mixed group would have no one target',
      ),
      'flash-sale': accepted(
        'one instance type: tasks are placed on instances of one size, which plans foresee',
      ),
    },
  },
  {
    id: 'AutoScaling.9',
    title: 'Amazon EC2 Auto Scaling groups should use Amazon EC2 launch templates',
    judgement: noInstances,
    differs: {
      'stateless-asg': met('the group has a launch template'),
      'flash-sale': met('the group has a launch template'),
    },
  },
];
