import * as z from 'zod';
import { type Repair, amending, instead } from '../gateway/repair.ts';

const service = 'application-autoscaling';
const tags = z.record(z.string(), z.string());
const registration = z.object({ Tags: tags.default({}) });
const registered = z.looseObject({ ScalableTargetARN: z.string() });
const tagged = z.object({ ResourceARN: z.string(), Tags: tags });
const untagged = z.object({ ResourceARN: z.string(), TagKeys: z.array(z.string()) });
const listed = z.object({ ResourceARN: z.string() });

/** Tags of scalable targets, which moto drops and then cannot list; and the history that it does not keep. */
export function applicationAutoScalingRepairs(): readonly Repair[] {
  const tagsByArn = new Map<string, Readonly<Record<string, string>>>();
  return [
    {
      service,
      operation: 'RegisterScalableTarget',
      aws: 'keeps the tags of a new target',
      answer: amending((body, { parameters }) => {
        const { ScalableTargetARN } = registered.parse(body);
        const { Tags } = registration.parse(parameters);
        if (Object.keys(Tags).length > 0) tagsByArn.set(ScalableTargetARN, Tags);
        return body;
      }),
    },
    {
      service,
      operation: 'TagResource',
      aws: 'adds the tags',
      answer: instead(({ parameters }) => {
        const { ResourceARN, Tags } = tagged.parse(parameters);
        tagsByArn.set(ResourceARN, { ...tagsByArn.get(ResourceARN), ...Tags });
        return {};
      }),
    },
    {
      service,
      operation: 'UntagResource',
      aws: 'removes the tags',
      answer: instead(({ parameters }) => {
        const { ResourceARN, TagKeys } = untagged.parse(parameters);
        const kept = Object.entries(tagsByArn.get(ResourceARN) ?? {}).filter(
          ([name]) => !TagKeys.includes(name),
        );
        tagsByArn.set(ResourceARN, Object.fromEntries(kept));
        return {};
      }),
    },
    {
      service,
      operation: 'ListTagsForResource',
      aws: 'the tags, none for a policy’s target that has none',
      answer: instead(({ parameters }) => ({
        Tags: tagsByArn.get(listed.parse(parameters).ResourceARN) ?? {},
      })),
    },
    {
      service,
      operation: 'DescribeScalingActivities',
      aws: 'the activities of six weeks; nothing scales in an emulator, so there are none',
      answer: instead(() => ({ ScalingActivities: [] })),
    },
  ];
}
