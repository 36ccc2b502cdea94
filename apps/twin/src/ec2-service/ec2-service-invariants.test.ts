import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ec2ServiceRig } from '../../test/ec2-service-rig.ts';

const bounds = { min: 1, max: 4 };

/** Something that happens to the service, and how long it is left alone afterwards. */
const happening = fc.record({
  what: fc.oneof(
    fc.record({ kind: fc.constant('scale' as const), tasks: fc.nat(8) }),
    fc.record({ kind: fc.constantFrom('kill-task', 'kill-instance', 'terminate', 'deploy'), at: fc.nat(7) }),
  ),
  seconds: fc.integer({ min: 1, max: 1200 }),
});

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

function happen(rig: Ec2ServiceRig, what: Happening['what']): void {
  if ('tasks' in what) {
    rig.service.setDesired(what.tasks);
    return;
  }
  const task = rig.service.tasks()[what.at];
  const instance = rig.group.instances()[what.at];
  if (what.kind === 'kill-task') task?.kill();
  if (what.kind === 'kill-instance' && instance !== undefined) rig.group.lose(instance, 'instance-loss');
  if (what.kind === 'terminate' && instance !== undefined) rig.group.terminate(instance);
  if (what.kind === 'deploy') rig.service.deploy({ version: String(what.at), variables: {} });
}

test('whatever happens, no instance is over-committed, bounds hold, and what fits runs in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(happening, { maxLength: 8 }), async (taskPerInstance, events) => {
      const rig = await Ec2ServiceRig.steady(
        { taskPerInstance, instances: bounds },
        { capacity: { min: 0, max: 8, desired: 1 } },
      );
      for (const { what, seconds } of events) {
        happen(rig, what);
        await rig.clock.advance(seconds);
        for (const { remaining, tasks } of rig.group.instances()) {
          expect(remaining.cpuUnits).toBeGreaterThanOrEqual(0);
          expect(remaining.memoryMiB).toBeGreaterThanOrEqual(0);
          if (taskPerInstance) expect(tasks).toBeLessThanOrEqual(1);
        }
        const { desired } = rig.group.counts();
        expect(desired).toBeGreaterThanOrEqual(bounds.min);
        expect(desired).toBeLessThanOrEqual(bounds.max);
      }
      // No deployment in the way, and fewer tasks than there is room for.
      rig.service.setDesired(0);
      await rig.clock.advance(3600);
      rig.service.setDesired(2);
      await rig.clock.advance(3600);
      expect(rig.taskStates()).toEqual(['RUNNING', 'RUNNING']);
      expect(rig.service.isSteady).toBe(true);
      const { registering, draining, active } = rig.group.counts();
      expect([registering, draining]).toEqual([0, 0]);
      expect(active).toBe(rig.group.desired);
    }),
    { numRuns: 30 },
  );
}, 60_000);
