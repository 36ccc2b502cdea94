import { dirname } from 'node:path';
import { type Program, UsageError, choiceOption } from '@tideline/process';
import { type Command, InvalidArgumentError } from 'commander';
import { type ComposeOptions, importCompose } from './compose/import-compose.ts';
import { type CopilotOptions, importCopilot } from './copilot/import-copilot.ts';
import { type EcsOptions, type EcsSources, importEcs } from './ecs/import-ecs.ts';
import { formats } from './output/render-description.ts';
import { type ImportOptions, runImport } from './run-import.ts';
import { readSource } from './source/read-source.ts';

/** Answers of AWS that describe a service further. */
interface AnswerFiles {
  readonly service?: string;
  readonly targetGroups?: string;
  readonly targetGroupAttributes?: string;
  readonly targets?: string;
  readonly policies?: string;
  readonly alarms?: string;
  readonly scheduledActions?: string;
}

/** Adds the grammar of `tideline import` to a command. */
export const importCommand: Program['define'] = (command, { act, stdout }) => {
  const run = <Options extends ImportOptions>(
    convert: (file: string, options: Options) => ReturnType<Parameters<typeof runImport>[0]['convert']>,
  ) => {
    return async (from: string, options: Options, { args }: Command): Promise<void> => {
      const [, ...surplus] = args;
      if (surplus.length > 0)
        throw new UsageError(
          null,
          `too many arguments: got ${surplus.join(' ')} after ${from}; allowed: one file, and options. Name further files by their options`,
        );
      await act(() => runImport({ from, options, convert: () => convert(from, options) }, stdout))(options);
    };
  };

  addOutput(command.command('copilot'), 'the manifest of a Load Balanced Web Service of AWS Copilot')
    .argument('<manifest.yml>', 'the manifest, usually copilot/<service>/manifest.yml')
    .option(
      '--env <name>',
      'environment whose overrides are laid over the manifest; the stage is named after it',
    )
    .option('--region <region>', 'Region of the service, such as eu-west-1', region)
    .option('--account <id>', 'account of the parameters that secrets name, 12 digits', account)
    .action(
      run<ImportOptions & CopilotOptions>(async (file, options) =>
        importCopilot(await readSource(file), options),
      ),
    );

  addOutput(command.command('ecs'), 'an ECS task definition, with what AWS answers of its service')
    .argument(
      '<task-definition.json>',
      'a task definition, or the answer of aws ecs describe-task-definition',
    )
    .option('--service <file>', 'answer of aws ecs describe-services')
    .option('--target-groups <file>', 'answer of aws elbv2 describe-target-groups')
    .option(
      '--target-group-attributes <file>',
      'answer of aws elbv2 describe-target-group-attributes for the group of the service',
    )
    .option('--targets <file>', 'answer of aws application-autoscaling describe-scalable-targets')
    .option('--policies <file>', 'answer of aws application-autoscaling describe-scaling-policies')
    .option('--alarms <file>', 'answer of aws cloudwatch describe-alarms: what sets off step policies')
    .option('--scheduled-actions <file>', 'answer of aws application-autoscaling describe-scheduled-actions')
    .option('--container <name>', 'container that takes the requests, where the service does not name it')
    .action(
      run<ImportOptions & EcsOptions & AnswerFiles>(async (file, options) =>
        importEcs(await readAnswers(file, options), options),
      ),
    );

  addOutput(command.command('compose'), 'a service of a Compose file')
    .argument('<compose.yaml>', 'the Compose file')
    .option('--service <name>', 'service to import; needed where several publish ports')
    .action(
      run<ImportOptions & ComposeOptions>(async (file, options) =>
        importCompose(await readSource(file), { ...options, folder: dirname(file) }),
      ),
    );
  command.addHelpText('after', examples);
};

const addOutput = (command: Command, what: string): Command =>
  command
    .description(`Makes a description of ${what}.`)
    // What is too much is refused where the action begins, in the words of a command that takes a file.
    .allowExcessArguments(true)
    .addOption(
      choiceOption(
        '--format <format>',
        'form of the description (default: that of --out, else yaml)',
        formats,
      ),
    )
    .option('--out <file>', 'file to write, which must not exist (default: tideline.config.yaml)')
    .option('--json', 'print the list of what was not carried over as JSON', false);

async function readAnswers(file: string, options: AnswerFiles): Promise<EcsSources> {
  const { service, targets, policies, alarms, scheduledActions, targetGroups, targetGroupAttributes } =
    options;
  const named = {
    ...{ service, targets, policies, alarms, scheduledActions },
    ...{ targetGroups, targetGroupAttributes },
  };
  const read = await Promise.all(
    Object.entries(named).map(async ([name, answer]) =>
      answer === undefined ? [] : [[name, await readSource(answer)] as const],
    ),
  );
  return { taskDefinition: await readSource(file), ...Object.fromEntries(read.flat()) };
}

const form =
  (pattern: RegExp, allowed: string) =>
  (text: string): string => {
    if (pattern.test(text)) return text;
    throw new InvalidArgumentError(`Allowed: ${allowed}.`);
  };
const region = form(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'an AWS Region such as eu-west-1');
const account = form(/^\d{12}$/, '12 digits');

const examples = `
Examples:
  tideline import copilot copilot/api/manifest.yml --env prod
  tideline import ecs task-definition.json --service service.json --targets targets.json --policies policies.json
  tideline import compose compose.yaml --service web --format ts

Exit codes: 0 written, 2 wrong options or a source that cannot be imported, 3 the file could not be written, 130 interrupted.`;
