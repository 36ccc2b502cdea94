const intervalMs = 50;
const deadlineMs = 60_000;

/** Reads again and again until what is read is accepted. @throws Error with the last reading when the deadline passes */
export async function eventually<Reading>(
  read: () => Promise<Reading>,
  accept: (reading: Reading) => boolean,
): Promise<Reading> {
  const endMs = performance.now() + deadlineMs;
  for (;;) {
    const reading = await read();
    if (accept(reading)) return reading;
    if (performance.now() > endMs) throw new Error(`still not so: ${JSON.stringify(reading)}`);
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}
