/** Faster than this, a cloud minute is shorter than what processes and sockets need to answer. */
export const highestSpeed = 240;
