/** What one request came to. */
export type ProbeAnswer =
  { readonly status: number; readonly body: string } | { readonly unreachable: string };

/** Asks a URL once. Never throws for the network’s sake. */
export type Probe = (url: string, signal: AbortSignal) => Promise<ProbeAnswer>;

const timeoutMs = 5_000;

export const fetchProbe: Probe = async (url, signal) => {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      redirect: 'manual',
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return { unreachable: cause instanceof Error ? cause.message : String(cause) };
  }
};
