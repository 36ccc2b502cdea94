import { describe, expect, test } from '@jest/globals';
import { benchNames, costNames } from '../bench-name.ts';
import { cpuScenarios } from './balancer-cpu-group.ts';

const all = new Set(benchNames);

describe('the loads on proxies', () => {
  test('are one for each figure in a short run', () => {
    expect(cpuScenarios(all, { isFull: false }).map(({ name, figure }) => [figure, name])).toEqual([
      ['balancerCpuSmall', '52 B, keep-alive, 50 connections'],
      ['balancerCpuLarge', '100 KiB, keep-alive, 50 connections'],
      ['balancerCpuPerConnection', '52 B, a connection per request, 50 connections'],
    ]);
  });

  test('are both sizes, both kinds of connection and three numbers of them in a full run', () => {
    const scenarios = cpuScenarios(all, { isFull: true });
    expect(scenarios).toHaveLength(12);
    const loads = scenarios.map(({ path, perConnection, connections }) => [path, perConnection, connections]);
    for (const path of ['/small', '/large'])
      for (const perConnection of [false, true])
        for (const connections of [1, 50, 500])
          expect(loads).toContainEqual([path, perConnection, connections]);
    expect(scenarios.flatMap(({ figure }) => figure ?? [])).toEqual(costNames);
  });

  test('are only those that are asked for', () => {
    const scenarios = cpuScenarios(new Set(['balancerCpuLarge']), { isFull: true });
    expect(scenarios.map(({ path, connections }) => [path, connections])).toEqual([
      ['/large', 1],
      ['/large', 50],
      ['/large', 500],
    ]);
  });
});
