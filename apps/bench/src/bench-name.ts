/** Ratios of two rates, or of a peer’s CPU time to our own: more is better. */
export const ratioNames = [
  'apiVsHono',
  'apiVsNodeHttp',
  'apiCpuVsHono',
  'apiCpuVsHonoUnlogged',
  'apiCpuVsNodeHttp',
  'apiCpuVsFastify',
  'apiCpuVsExpress',
  'apiTracedVsApi',
  'apiSampledVsApi',
  'honoTracedVsHono',
  'balancerVsNginx',
  'loadRunnerVsAutocannon',
] as const;

/** Ratios of our own CPU time per request to nginx’s: less is better. */
export const costNames = ['balancerCpuSmall', 'balancerCpuLarge', 'balancerCpuPerConnection'] as const;

const timeNames = ['balancerAddedP50Ms', 'balancerP99AboveNginxMs', 'simulate'] as const;

/** What can be measured, named as in the report; `--only` takes the same names. */
export const benchNames = [...ratioNames, ...costNames, ...timeNames] as const;

export type RatioName = (typeof ratioNames)[number];
export type CostName = (typeof costNames)[number];
export type BenchName = (typeof benchNames)[number];
