/** Programs that run containers by docker’s commands, in the order in which they are tried. */
export const containerEngines = ['docker', 'podman'] as const;

/** Programs that build and push images by docker’s commands, in the order in which they are tried; buildah runs nothing. */
export const imageBuilders = [...containerEngines, 'buildah'] as const;

/** What `<program> info` came to. */
interface InfoAnswer {
  readonly exitCode: number;
  /** What it printed. */
  readonly lines: readonly string[];
}

/**
 * The first program whose engine answers: docker may be installed without its daemon.
 *
 * @param names programs in the order of preference
 * @param info runs `<program> info`; null where there is no such program. Its rejections are passed on
 * @returns the program, null where none works; and why each one before it does not, for a person
 */
export async function firstWorkingEngine<Name extends string>(
  names: readonly Name[],
  info: (name: Name) => Promise<InfoAnswer | null>,
): Promise<{ readonly engine: Name | null; readonly reasons: string }> {
  const reasons: string[] = [];
  for (const name of names) {
    const answer = await info(name);
    if (answer?.exitCode === 0) return { engine: name, reasons: reasons.join('; ') };
    reasons.push(`${name}: ${answer === null ? 'not installed' : whyNot(answer)}`);
  }
  return { engine: null, reasons: reasons.join('; ') };
}

/** A client alone does nothing: docker says so of its daemon, podman of the machine or service that it is pointed at. */
function whyNot({ exitCode, lines }: InfoAnswer): string {
  const reason = lines.at(-1) ?? `info ended with ${exitCode}`;
  return /daemon|cannot connect|unable to connect/i.test(reason)
    ? `only a client, whose engine does not answer: ${reason}. Start the engine (docker: sudo systemctl start docker; podman: podman machine start)`
    : reason;
}
