import { parseArgs } from 'node:util';

/**
 * The options of a command as typed. `--help` prints the help and ends the command; what is wrong is said, and ends it with 2.
 * @param options as `parseArgs` takes them, without `help`
 * @param problem what is wrong with values that parse, or undefined
 */
export function readOptions({ command, options, help, problem = () => undefined }) {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean', default: false } } });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    const wrong = problem(values);
    if (wrong === undefined) return values;
    console.error(`${command}: ${wrong}`);
  } catch (error) {
    console.error(`${command}: ${error.message}\n\n${help}`);
  }
  process.exit(2);
}
