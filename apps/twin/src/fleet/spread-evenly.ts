/** A time within the assumed bounds, evenly spread. */
export const spreadEvenly = ({ min, max }: { readonly min: number; readonly max: number }): number =>
  min + Math.random() * (max - min);
