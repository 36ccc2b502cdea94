/** Cloud seconds per wall second that a twin goes up to: faster, a cloud minute is shorter than what processes and sockets need to answer. */
export const highestSpeed = 240;
