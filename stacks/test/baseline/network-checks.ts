import type { Resource, Synthesis } from '../synthesise.ts';
import { type Check, addressesOf, each, every, inBlock, neverMade, refersTo } from './check.ts';

/** Ports that everyone may come by (EC2.18, its default). */
const authorisedPorts: readonly unknown[] = [80, 443];
/** Rules that let everyone in; `null` where there is no group at all. */
const openRules = ({ all }: Synthesis): readonly Resource[] =>
  all('aws_vpc_security_group_ingress_rule').filter(({ cidr_ipv4 }) => cidr_ipv4 === '0.0.0.0/0');
/** Without a rule that lets everyone in, the groups pass. */
const onlyAuthorised: Check = (synthesis) =>
  synthesis.all('aws_security_group').length === 0
    ? 'absent'
    : openRules(synthesis).every(
          ({ from_port, to_port }) => from_port === to_port && authorisedPorts.includes(from_port),
        )
      ? 'pass'
      : 'fail';

const requiresTokens: Check = each(
  'aws_launch_template',
  (template) => inBlock(template, 'metadata_options', 'http_tokens') === 'required',
);
const isEncrypted = (template: Resource): boolean =>
  (template.block_device_mappings as readonly Resource[]).every(
    (device) => inBlock(device, 'ebs', 'encrypted') === 'true',
  );

export const networkChecks: Readonly<Record<string, Check>> = {
  'EC2.2': each(
    'aws_default_security_group',
    ({ ingress, egress }) => ingress === undefined && egress === undefined,
  ),
  'EC2.6': (synthesis) =>
    every(addressesOf(synthesis, 'aws_vpc'), (name) =>
      synthesis
        .all('aws_flow_log')
        .some(
          ({ vpc_id, traffic_type }) =>
            String(vpc_id).includes(`.${name}.`) && ['REJECT', 'ALL'].includes(String(traffic_type)),
        ),
    ),
  'EC2.7': neverMade('aws_ebs_encryption_by_default', ({ all }) =>
    all('aws_launch_template').every(isEncrypted),
  ),
  'EC2.8': requiresTokens,
  'EC2.15': each('aws_subnet', ({ map_public_ip_on_launch }) => map_public_ip_on_launch === false),
  'EC2.18': onlyAuthorised,
  'EC2.19': onlyAuthorised,
  'EC2.25': each('aws_launch_template', ({ network_interfaces = [] }) =>
    (network_interfaces as readonly Resource[]).every(
      ({ associate_public_ip_address }) => associate_public_ip_address !== 'true',
    ),
  ),
  'EC2.170': requiresTokens,
  'AutoScaling.1': ({ all }) =>
    every(
      all('aws_autoscaling_group').filter(({ target_group_arns }) => target_group_arns !== undefined),
      ({ health_check_type }) => health_check_type === 'ELB',
    ),
  'AutoScaling.2': each(
    'aws_autoscaling_group',
    ({ vpc_zone_identifier }) => (vpc_zone_identifier as readonly unknown[]).length > 1,
  ),
  'AutoScaling.3': neverMade('aws_launch_configuration'),
  'AutoScaling.6': each(
    'aws_autoscaling_group',
    ({ mixed_instances_policy }) => mixed_instances_policy !== undefined,
  ),
  'AutoScaling.9': each('aws_autoscaling_group', ({ launch_template }) => launch_template !== undefined),
  'SNS.4': (synthesis) =>
    every(addressesOf(synthesis, 'aws_sns_topic'), refersTo(synthesis, 'aws_sns_topic_policy', 'arn')),
};
