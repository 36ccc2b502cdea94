const [mode, ...rest] = process.argv.slice(2);

// One bundled file is also the peers and the guard: importing on demand keeps each process to what it needs.
if (mode === '--peer') {
  const { servePeer } = await import('./peers/peer.ts');
  await servePeer(rest[0] ?? '', rest[1] ?? '');
} else if (mode === '--guard') {
  const { guard } = await import('./process/guard.ts');
  process.exit(await guard(rest));
} else {
  const { runProgram } = await import('@tideline/process');
  const { benchProgram } = await import('./cli/program.ts');
  process.exitCode = await runProgram(benchProgram(process, import.meta.url), process);
}

export {};
