interface QuantitySelectProps {
  readonly from: number;
  readonly to: number;
  readonly chosen: number;
}

/** A field that cannot hold what is not allowed. Its label is `for="quantity"`. */
export const QuantitySelect = ({ from, to, chosen }: QuantitySelectProps) => (
  <select id="quantity" name="quantity">
    {Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index).map((quantity) => (
      <option value={String(quantity)} selected={quantity === chosen}>
        {quantity}
      </option>
    ))}
  </select>
);
