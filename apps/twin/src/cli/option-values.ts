import { highestSpeed } from '@tideline/evidence';
import { InvalidArgumentError } from 'commander';

/** Cloud seconds per wall second. @throws InvalidArgumentError */
export function parseSpeed(text: string): number {
  const speed = Number(text);
  if (text.trim() !== '' && speed > 0 && speed <= highestSpeed) return speed;
  throw new InvalidArgumentError(`Allowed: a number above 0, up to ${highestSpeed}; 1 is real time.`);
}

/** Requests per second. @throws InvalidArgumentError */
export function parseRate(text: string): number {
  const rate = Number(text);
  if (text.trim() !== '' && rate > 0 && rate <= 2000) return rate;
  throw new InvalidArgumentError('Allowed: a number above 0, up to 2000.');
}

/** A TCP port; 0 picks a free one. @throws InvalidArgumentError */
export function parsePort(text: string): number {
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('Allowed: a whole number from 0 to 65535; 0 picks a free port.');
}

/** Collects a repeatable option; one that is required has no default to begin with. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];
