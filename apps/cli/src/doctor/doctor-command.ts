import { ConfigurationError, type Environment } from '@tideline/config';
import {
  type DescriptionOptions,
  type Program,
  type Variables,
  addDescriptionOptions,
  choiceOption,
  describedEnvironment,
  exitCodes,
} from '@tideline/process';
import type { Installation } from '../dispatch/installation.ts';
import { doctorReport } from './doctor-report.ts';
import { type Finding, type Purpose, lacks, purposes } from './finding.ts';
import {
  accountFinding,
  credentialsFinding,
  engineFinding,
  nodeFinding,
  redisFinding,
  regionFinding,
  terraformFinding,
} from './local-findings.ts';
import { thisMachine } from './machine.ts';
import { packagesFinding } from './packages-finding.ts';

interface DoctorOptions extends DescriptionOptions {
  readonly for: Purpose;
  readonly aws: boolean;
  readonly json: boolean;
}

/** `tideline doctor`. */
export const doctorCommand = (installation: Installation): Program => ({
  name: 'doctor',
  description:
    'Looks for the tools, packages and rights that the other commands use, and says what each is for.\n' +
    'Asks AWS nothing, unless --aws says so.',
  scripts: ['doctor'],
  define: (command, { act, env, stdout }) => {
    addDescriptionOptions(command, { variables: env })
      .addOption(choiceOption('--for <what>', 'what must be possible', purposes).default('up'))
      .option('--aws', 'also ask AWS for the identity of the credentials, and for quotas', false)
      .option('--json', 'print the findings as JSON', false)
      .addHelpText('after', exits)
      .action(
        act(async (options: DoctorOptions) => {
          const findings = await allFindings(options, env, installation);
          const text = options.json
            ? `${JSON.stringify({ for: options.for, findings })}\n`
            : doctorReport(findings);
          stdout.write(text);
          return lacks(findings, options.for) ? exitCodes.failed : exitCodes.done;
        }),
      );
  },
});

async function allFindings(
  options: DoctorOptions,
  variables: Variables,
  installation: Installation,
): Promise<readonly Finding[]> {
  const machine = thisMachine(variables);
  const { environment, finding } = await readDescription(options, variables);
  const [engine, redis, terraform] = await Promise.all([
    engineFinding(machine, environment),
    redisFinding(machine),
    terraformFinding(machine),
  ]);
  const local = [
    ...[nodeFinding(machine), finding, engine, redis, packagesFinding(installation), terraform],
    ...[credentialsFinding(machine), accountFinding(machine), regionFinding(machine, environment)],
  ];
  if (!options.aws || environment === null) return local;
  const { askAws } = await import('./ask-aws.ts');
  const { awsFindings } = await import('./aws-findings.ts');
  const ask = askAws(environment.region, variables.AWS_ENDPOINT_URL);
  return [...local, ...(await awsFindings(ask, environment, variables.AWS_ACCOUNT_ID ?? ''))];
}

async function readDescription(
  options: DoctorOptions,
  variables: Variables,
): Promise<{ readonly environment: Environment | null; readonly finding: Finding }> {
  const common = { id: 'description', use: 'says what runs', neededFor: purposes } as const;
  try {
    const environment = await describedEnvironment(options, variables);
    const { project, stage, preset } = environment;
    const found = `${project}-${stage}, from preset ${preset}`;
    return { environment, finding: { ...common, ok: true, found, fix: null } };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const fix = 'correct the description';
    return { environment: null, finding: { ...common, ok: false, found: error.message, fix } };
  }
}

const exits = `
Exit codes: 0 all that --for needs is there, 1 something of it is missing, 2 wrong options, 130 interrupted.`;
