import * as z from 'zod';
import type { Task } from '../tasks/task.ts';

/** What a task is protected by: the service that it belongs to. */
export interface ProtectingService {
  readonly desired: number;
  task(id: string): Task | undefined;
  /** Tasks that are not STOPPED. */
  tasks(): readonly Task[];
  /** Looks again at what may be stopped. */
  protectionChanged(): void;
}

/** How long a task is protected when the request does not say (Amazon ECS API reference, UpdateTaskProtection). */
const defaultMinutes = 120;
/** Longest that a task can be protected. */
const longestMinutes = 2880;

/** The endpoint’s request, by the agent’s names: it takes no other field. */
export const protectionRequest = z.strictObject({
  ProtectionEnabled: z.boolean().optional(),
  ExpiresInMinutes: z.int().nullable().optional(),
});

/** A request whose protection is known. */
export interface ProtectionChange {
  readonly enabled: boolean;
  /** Null: the default. */
  readonly expiresInMinutes: number | null;
}

/** Why ECS does not protect a task, by its names (Amazon ECS guide, API failure reasons). */
type ProtectionFailure = 'TASK_NOT_VALID' | 'DEPLOYMENT_BLOCKED';

export type ProtectionOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'failure'; readonly reason: ProtectionFailure }
  /** A value that ECS refuses. */
  | { readonly kind: 'invalid'; readonly message: string };

/**
 * Protects a task from scale-in and deployments, or takes its protection off. Each request counts its time anew. A service
 * cannot have more protected tasks than it desires (Amazon ECS guide, task scale-in protection, DEPLOYMENT_BLOCKED).
 */
export function changeProtection(
  task: Task,
  { enabled, expiresInMinutes }: ProtectionChange,
  service: ProtectingService,
): ProtectionOutcome {
  const minutes = expiresInMinutes ?? defaultMinutes;
  if (enabled && (minutes < 1 || minutes > longestMinutes))
    return {
      kind: 'invalid',
      message: `expiresInMinutes must be between 1 and ${longestMinutes}; got ${minutes}`,
    };
  if (!task.isActive) return { kind: 'failure', reason: 'TASK_NOT_VALID' };
  if (enabled) {
    const others = service.tasks().filter((each) => each !== task && isProtected(each)).length;
    if (others + 1 > service.desired) return { kind: 'failure', reason: 'DEPLOYMENT_BLOCKED' };
    task.protectFor(minutes * 60);
  } else task.unprotect();
  service.protectionChanged();
  return { kind: 'done' };
}

const isProtected = ({ isActive, protectedUntilSeconds }: Task): boolean =>
  isActive && protectedUntilSeconds !== null;
