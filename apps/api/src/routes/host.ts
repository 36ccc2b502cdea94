import * as z from 'zod';
import { json } from '../http/reply.ts';
import { defineRoute, type Route } from '../http/route.ts';
import type { TaskIdentity } from '../task-identity.ts';

const schema = z.object({
  message: z.string(),
  time: z.iso.datetime(),
  image: z.string().describe('Image of the task, by digest where the deployment gives it.'),
  imageUri: z
    .string()
    .describe('The value of `image`, by the name that clients of the first `blue-green` service read.'),
  hostName: z.string(),
  hostname: z.string().describe('The value of `hostName`, by the name that those clients read.'),
  taskId: z.string(),
  availabilityZone: z.string(),
  version: z.string(),
});

/** Who answered: what tells tasks, zones and releases apart behind a balancer. */
export const hostRoute = (identity: TaskIdentity, now: () => Date): Route =>
  defineRoute({
    method: 'GET',
    path: '/host',
    operationId: 'getHost',
    summary: 'Which task answers, from which image, when.',
    responses: [{ status: 200, description: 'The task.', schema }],
    problems: [],
    handle: () => {
      const time = now().toISOString();
      const { image, hostName, taskId, availabilityZone, version } = identity;
      const message = `${time}: ${image} on ${hostName}`;
      const answer: z.input<typeof schema> = {
        message,
        time,
        image,
        imageUri: image,
        hostName,
        hostname: hostName,
        taskId,
        availabilityZone,
        version,
      };
      return json(answer);
    },
  });
