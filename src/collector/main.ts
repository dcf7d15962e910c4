import { runCommand } from './cli/run-command';

process.exitCode = await runCommand(process.argv.slice(2));
