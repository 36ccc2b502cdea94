/** Chance that one check of a share fails though the traffic is as the weights say: one in a million. */
export const falseAlarmProbability = 1e-6;

/** Requests of which each went to a version by chance, independently of the others. */
export interface ChanceRequests {
  readonly requests: number;
  readonly probability: number;
}

/** Counts that chance explains, both ends among them. */
export interface CountBounds {
  readonly least: number;
  readonly most: number;
}

/**
 * Bounds of how many of the requests went to the version; beyond each lies at most half the false-alarm probability. They are
 * Chernoff’s: P(X <= Σ n q) and P(X >= Σ n q) are at most exp(−Σ n KL(q ‖ p)), with q the odds of each p times one and the same
 * factor, below 1 or above. It holds for any number of requests and any mixture of probabilities; nothing is approximated. Where
 * the requests are too few for a bound, it is 0, or all of them.
 */
export function shareBounds(parts: readonly ChanceRequests[]): CountBounds {
  const total = parts.reduce((sum, { requests }) => sum + requests, 0);
  const certain = parts
    .filter(({ probability }) => probability === 1)
    .reduce((sum, { requests }) => sum + requests, 0);
  const byChance = parts.filter(
    ({ requests, probability }) => requests > 0 && probability > 0 && probability < 1,
  );
  if (byChance.length === 0) return { least: certain, most: certain };
  return {
    least: Math.ceil(certain + (boundOf(byChance, -largestLogFactor) ?? 0)),
    most: Math.floor(certain + (boundOf(byChance, largestLogFactor) ?? total - certain)),
  };
}

/** exp(50) times any odds is as good as never, or always. */
const largestLogFactor = 50;
/** Halving 50 so often leaves less than a double can represent. */
const halvings = 60;

/** Where the tail on one side comes down to half the false-alarm probability; undefined where it does not. */
function boundOf(parts: readonly ChanceRequests[], farthest: number): number | undefined {
  const enough = Math.log(2 / falseAlarmProbability);
  if (tilted(parts, farthest).divergence <= enough) return undefined;
  let [near, far] = [0, farthest];
  for (let halving = 0; halving < halvings; halving += 1) {
    const middle = (near + far) / 2;
    if (tilted(parts, middle).divergence < enough) near = middle;
    else far = middle;
  }
  return tilted(parts, far).mean;
}

/** The mean of the count with all odds multiplied by a factor, and how far that is from the odds as they are. */
function tilted(
  parts: readonly ChanceRequests[],
  logFactor: number,
): { readonly mean: number; readonly divergence: number } {
  const factor = Math.exp(logFactor);
  let [mean, divergence] = [0, 0];
  for (const { requests, probability } of parts) {
    const whole = 1 - probability + probability * factor;
    const [hit, miss] = [(probability * factor) / whole, (1 - probability) / whole];
    mean += requests * hit;
    divergence += requests * (hit * Math.log(factor / whole) - miss * Math.log(whole));
  }
  return { mean, divergence };
}
