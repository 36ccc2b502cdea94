/** A parameter of a shape. */
export interface ShapeParameter {
  /** Meaning and unit. */
  readonly meaning: string;
  readonly default: number;
  /** The least and the greatest value. */
  readonly from: number;
  readonly to: number;
}

/** Values by the name of their parameter. */
export type ShapeValues<Name extends string = string> = Readonly<Record<Name, number>>;

/** Gives the rate at a moment, from the start of the trace on. */
export type RateAt = (seconds: number) => number;

/** A kind of traffic over time. */
export interface Shape<Name extends string = string> {
  readonly meaning: string;
  readonly parameters: Readonly<Record<Name, ShapeParameter>>;
  /** @param random even numbers from 0 to 1, the same ones for the same seed; called in the order of the steps */
  rates(values: ShapeValues<Name>, random: () => number): RateAt;
}

const highestRate = 1_000_000;

export const rate = (meaning: string, byDefault: number): ShapeParameter => ({
  meaning: `${meaning}, requests per second`,
  default: byDefault,
  from: 0,
  to: highestRate,
});

export const days = (byDefault: number): ShapeParameter => ({
  meaning: 'length, days',
  default: byDefault,
  from: 0.001,
  to: 400,
});

export const minutes = (meaning: string, byDefault: number): ShapeParameter => ({
  meaning: `${meaning}, minutes`,
  default: byDefault,
  from: 0,
  to: 576_000,
});

export const hours = (meaning: string, byDefault: number): ShapeParameter => ({
  meaning: `${meaning}, hours`,
  default: byDefault,
  from: 0,
  to: 9600,
});

export const percent = (meaning: string, byDefault: number): ShapeParameter => ({
  meaning: `${meaning}, per cent`,
  default: byDefault,
  from: 0,
  to: 100,
});

export const stepSeconds: ShapeParameter = {
  meaning: 'length of a step, seconds',
  default: 60,
  from: 1,
  to: 3600,
};

/** Defines a shape, so that its rates are checked against its own parameters. */
export const shape = <Name extends string>(definition: Shape<Name>): Shape<Name> => definition;
