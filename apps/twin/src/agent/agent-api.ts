import { randomUUID } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { guardLoopback } from '../control/guard-loopback.ts';
import { problemResponse } from '../control/control-problem.ts';
import type { Task } from '../tasks/task.ts';
import {
  type ProtectingService,
  type ProtectionChange,
  changeProtection,
  protectionRequest,
} from './task-protection.ts';

export interface AgentOptions {
  readonly service: () => ProtectingService;
  /** Date of cloud time 0. */
  readonly startedAt: Date;
  /** ARN of a task. */
  readonly taskArn: (id: string) => string;
}

/** Path of the endpoint below a task’s ECS_AGENT_URI. */
const statePath = '/task-protection/v1/state';
const largestBodyBytes = 4096;

/** Path that a task’s ECS_AGENT_URI ends in. */
export const agentPath = (taskId: string): string => `/api/${taskId}`;

/**
 * ECS’s agent, as far as tasks ask it: the endpoint of task scale-in protection, with the answers of the Amazon ECS guide
 * (task scale-in protection endpoint) and the statuses of aws/amazon-ecs-agent. What ECS declines is an answer with status 200.
 */
export function createAgentApi(options: AgentOptions): Hono {
  const app = new Hono();
  app.onError((error, context) => problemResponse(context, error));
  app.use(guardLoopback);
  app.use(
    bodyLimit({
      maxSize: largestBodyBytes,
      onError: (context) => undecodable(context),
    }),
  );
  const path = `/api/:task${statePath}` as const;
  app.get(path, (context) => {
    const task = options.service().task(context.req.param('task'));
    return task === undefined ? unknownTask(context) : context.json(protectionOf(task, options));
  });
  app.put(path, async (context) => {
    const change = await readChange(context);
    if (change === undefined) return undecodable(context);
    const task = options.service().task(context.req.param('task'));
    if (task === undefined) return unknownTask(context);
    const arn = options.taskArn(task.id);
    if (change === 'incomplete')
      return refusal(context, {
        ...{ status: 400, arn, code: 'InvalidParameterException' },
        message: "Invalid request: does not contain 'ProtectionEnabled' field",
      });
    return answer(context, task, { change, options });
  });
  return app;
}

/** The change that a body asks for; `incomplete` without ProtectionEnabled, undefined when it cannot be decoded. */
async function readChange(context: Context): Promise<ProtectionChange | 'incomplete' | undefined> {
  const parsed = protectionRequest.safeParse(await context.req.json().catch(() => undefined));
  if (!parsed.success) return undefined;
  const { ProtectionEnabled: enabled, ExpiresInMinutes: expiresInMinutes } = parsed.data;
  return enabled === undefined ? 'incomplete' : { enabled, expiresInMinutes: expiresInMinutes ?? null };
}

function answer(
  context: Context,
  task: Task,
  { change, options }: { readonly change: ProtectionChange; readonly options: AgentOptions },
): Response {
  const arn = options.taskArn(task.id);
  const outcome = changeProtection(task, change, options.service());
  switch (outcome.kind) {
    case 'done':
      return context.json(protectionOf(task, options));
    case 'failure':
      return context.json({ failure: { Arn: arn, Detail: null, Reason: outcome.reason } });
    case 'invalid':
      return refusal(context, {
        ...{ status: 400, arn, code: 'InvalidParameterException', message: outcome.message },
        requestID: randomUUID(),
      });
  }
}

function protectionOf({ id, protectedUntilSeconds: until }: Task, { startedAt, taskArn }: AgentOptions) {
  const date = (seconds: number): string =>
    new Date(startedAt.getTime() + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    protection: {
      ExpirationDate: until === null ? null : date(until),
      ProtectionEnabled: until !== null,
      TaskArn: taskArn(id),
    },
  };
}

const undecodable = (context: Context): Response =>
  refusal(context, {
    ...{ status: 400, arn: '', code: 'InvalidParameterException' },
    message: 'UpdateTaskProtection: failed to decode request',
  });

const unknownTask = (context: Context): Response =>
  refusal(context, {
    ...{ status: 404, arn: '', code: 'ResourceNotFoundException' },
    message: 'Failed to find a task for the request',
  });

/** An error by the agent’s names. @param refused requestID: of the request to ECS, where there was one */
function refusal(
  context: Context,
  refused: {
    readonly status: 400 | 404;
    readonly arn: string;
    readonly code: string;
    readonly message: string;
    readonly requestID?: string;
  },
): Response {
  const { status, arn, code, message, requestID } = refused;
  const error = { Arn: arn, Code: code, Message: message };
  return context.json({ ...(requestID === undefined ? {} : { requestID }), error }, status);
}
