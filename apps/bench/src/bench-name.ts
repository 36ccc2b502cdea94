/** What can be measured, named as in the report; `--only` takes the same names. */
export const benchNames = [
  'apiVsHono',
  'apiVsNodeHttp',
  'balancerVsNginx',
  'balancerAddedP50Ms',
  'loadRunnerVsAutocannon',
  'simulate',
] as const;

export type BenchName = (typeof benchNames)[number];

/** Those that are a ratio of two rates. */
export type RatioName = Exclude<BenchName, 'balancerAddedP50Ms' | 'simulate'>;

export const ratioNames = benchNames.filter(
  (name): name is RatioName => name !== 'balancerAddedP50Ms' && name !== 'simulate',
);
