import { describe, expect, test } from '@jest/globals';
import type { Observation } from '@tideline/evidence';
import { InterruptedError } from '@tideline/process';
import { MeasuredWindows } from './measured-windows.ts';

/** A twin whose wall clock moves on with every look at it, and whose CPU is what the test says at each moment. */
class FakeTwin {
  nowMs = 0;
  speed = 60;
  cpuPercent = 0;
  isMeasured = true;
  #cloudSeconds = 0;
  readonly #points: { cloudSeconds: number; value: number }[] = [];
  #usedMs = 0;
  #periodMs = 0;

  /** Wall time passes, at the speed and the CPU of the moment. */
  pass(ms: number): void {
    for (let left = ms; left > 0; left -= 1) {
      this.nowMs += 1;
      this.#periodMs += 1;
      this.#usedMs += this.cpuPercent / 100;
      const before = this.#cloudSeconds;
      this.#cloudSeconds += this.speed / 1000;
      const minute = Math.floor(this.#cloudSeconds / 60);
      if (minute === Math.floor(before / 60)) continue;
      this.#points.push({ cloudSeconds: (minute - 1) * 60, value: (this.#usedMs / this.#periodMs) * 100 });
      [this.#usedMs, this.#periodMs] = [0, 0];
    }
  }

  setSpeed(speed: number): Promise<void> {
    this.speed = speed;
    return Promise.resolve();
  }

  observe(): Promise<Observation> {
    this.pass(10);
    const series = (key: string, factor: number) => ({
      key,
      unit: 'Percent' as const,
      periodSeconds: 60,
      datapoints: this.#points.map(({ cloudSeconds, value }) => ({ cloudSeconds, value: value * factor })),
    });
    return Promise.resolve({
      cloudSeconds: this.#cloudSeconds,
      speed: this.speed,
      capacity: { min: 1, max: 1 },
      service: { desired: 1, pending: 0, running: 1, healthy: 1, unhealthy: 0, draining: 0 },
      deploymentInProgress: false,
      policies: [],
      activities: [],
      metrics: this.isMeasured
        ? [
            series('AWS/ECS/CPUUtilization/Average', 1),
            series('AWS/ApplicationELB/TargetResponseTime/Average', 0.001),
          ]
        : [],
      events: [],
    });
  }
}

const windowsOf = (twin: FakeTwin, signal = new AbortController().signal): MeasuredWindows =>
  new MeasuredWindows(twin, signal, () => twin.nowMs);

describe('measured windows', () => {
  test.each([1, 4, 70])('have the CPU of a step of %d s, and its wall time', async (seconds) => {
    const twin = new FakeTwin();
    const windows = windowsOf(twin);
    expect(await windows.cut()).toBeNull();
    await windows.setSpeed(1);
    twin.cpuPercent = 40;
    twin.pass(seconds * 1000);
    twin.cpuPercent = 0;
    const window = await windows.cut();
    // The end of the last minute and of the next come in a hurry, without load: less than a second in all.
    expect(window?.wallSeconds).toBeGreaterThan(seconds);
    expect(window?.wallSeconds).toBeLessThan(seconds + 1);
    const usedSeconds = ((window?.cpuPercent ?? 0) / 100) * (window?.wallSeconds ?? 0);
    expect(usedSeconds).toBeCloseTo(0.4 * seconds, 1);
    expect(window?.responseTimeMs).toBeCloseTo(window?.cpuPercent ?? 0, 6);
    expect(twin.speed).toBe(1);
  });

  test('are none where nobody measures CPU', async () => {
    const twin = new FakeTwin();
    twin.isMeasured = false;
    let nowMs = 0;
    const windows = new MeasuredWindows(twin, new AbortController().signal, () => (nowMs += 1000));
    expect(await windows.cut()).toBeNull();
    expect(await windows.cut()).toBeNull();
    expect(twin.speed).toBe(1);
  });

  test('end when the user asks', async () => {
    const windows = windowsOf(new FakeTwin(), AbortSignal.abort());
    await expect(windows.cut()).rejects.toThrow(InterruptedError);
  });
});
