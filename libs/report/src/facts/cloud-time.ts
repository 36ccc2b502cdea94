const padded = (value: number): string => String(value).padStart(2, '0');

/** `07:05`, and `1:07:05` from an hour on: a moment or a length of cloud time. */
export function formatCloudTime(cloudSeconds: number): string {
  const whole = Math.max(0, Math.round(cloudSeconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const clock = `${padded(minutes)}:${padded(whole % 60)}`;
  return hours === 0 ? clock : `${hours}:${clock}`;
}

/** `42 s`, `1 min 30 s`, `2 h 5 min`: a length of wall time, so that it is not mistaken for cloud time. */
export function formatWallTime(wallSeconds: number): string {
  const whole = Math.round(wallSeconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
