import { type AwsRequest } from '../gateway/aws-request.ts';
import { type Repair } from '../gateway/repair.ts';

const service = 'ec2';

/** Where a rule’s description stands, by the kind of its peer. Moto reads the first only. */
const peers = ['IpRanges', 'Ipv6Ranges', 'Groups', 'PrefixListIds'];

const ownTags =
  /<item><resourceType>launch-template<\/resourceType><tagSet>(?:(?!<\/tagSet>).)*<\/tagSet><\/item>/gs;

/**
 * Descriptions of security-group rules whose peer is a group or a prefix list, which moto drops; and a launch template’s own
 * tags, which it mistakes for tags of what is launched.
 */
export function ec2Repairs(): readonly Repair[] {
  const descriptionById = new Map<string, string>();
  const remember = (ids: readonly (string | undefined)[], description: string | undefined): void => {
    const [id, ...others] = ids;
    // A call for several rules at once, as Terraform never makes, does not tell which description is whose.
    if (id === undefined || others.length > 0) return;
    if (description === undefined) descriptionById.delete(id);
    else descriptionById.set(id, description);
  };
  return [
    ...['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress'].map((operation): Repair => ({
      service,
      operation,
      aws: 'keeps the description of any rule',
      answer: async (request, forward) => {
        const answer = await forward();
        const ids = [...answer.body.matchAll(/<securityGroupRuleId>([^<]+)/g)].map(([, id]) => id);
        remember(ids, authorizedDescription(request));
        return answer;
      },
    })),
    {
      service,
      operation: 'DescribeLaunchTemplateVersions',
      aws: 'tags of what is launched, without those of the template itself',
      answer: async (_, forward) => {
        const answer = await forward();
        return { ...answer, body: answer.body.replaceAll(ownTags, '') };
      },
    },
    {
      service,
      operation: 'ModifySecurityGroupRules',
      aws: 'replaces the description',
      answer: ({ parameters }, forward) => {
        const rule = 'SecurityGroupRule.1.SecurityGroupRule';
        remember(
          [text(parameters['SecurityGroupRule.1.SecurityGroupRuleId'])],
          text(parameters[`${rule}.Description`]),
        );
        return forward();
      },
    },
    {
      service,
      operation: 'DescribeSecurityGroupRules',
      aws: 'rules with their descriptions',
      answer: async (_, forward) => {
        const answer = await forward();
        return { ...answer, body: withDescriptions(answer.body, descriptionById) };
      },
    },
  ];
}

function authorizedDescription({ parameters }: AwsRequest): string | undefined {
  const names = peers.map((peer) => `IpPermissions.1.${peer}.1.Description`);
  return names.map((name) => text(parameters[name])).find((description) => description !== undefined);
}

/** Each rule’s item, up to its tags, gets the description that it lacks. */
function withDescriptions(xml: string, descriptionById: ReadonlyMap<string, string>): string {
  return xml.replaceAll(
    /<securityGroupRuleId>([^<]+)<\/securityGroupRuleId>(?:(?!<tagSet).)*/gs,
    (rule, id: string) => {
      const description = descriptionById.get(id);
      if (description === undefined || rule.includes('<description>')) return rule;
      return `${rule}<description>${escaped(description)}</description>`;
    },
  );
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
