import { Command } from 'commander';
import { VERSION } from '../version';
import { accessCommand } from './access';
import { apiCommand } from './api';
import { billingCommand } from './billing';
import { budgetsCommand } from './budgets';
import { closeCommand } from './close';
import { collectCommand } from './collect';
import { costsCommand } from './costs';
import { directoryCommand } from './directory';
import { exportCommand } from './export';
import { migrateCommand } from './migrate';
import { ratesCommand } from './rates';
import { readerCommand } from './reader';
import { serveCommand } from './serve';
import { tokenCommand } from './token';
import { verifyCommand } from './verify';

const COMMANDS = [
  migrateCommand,
  serveCommand,
  collectCommand,
  ratesCommand,
  directoryCommand,
  accessCommand,
  budgetsCommand,
  billingCommand,
  exportCommand,
  costsCommand,
  apiCommand,
  closeCommand,
  tokenCommand,
  readerCommand,
  verifyCommand,
];

/** The command line, complete. Errors of usage are thrown as CommanderErrors after their message was written. */
export function createProgram(): Command {
  const program = new Command('chargeback')
    .description('Exact, explainable, final cost facts from Prometheus usage.')
    .version(VERSION)
    .addHelpText(
      'after',
      '\nConfiguration comes from the environment (DATABASE_URL, PROMETHEUS_URL, CHARGEBACK_…), see docs/configuration.md.\nExit codes: 0 done, 1 failed or found something wrong, 2 wrong usage.',
    );
  COMMANDS.forEach((command) => program.addCommand(command()));
  forAll(program, (command) =>
    command.exitOverride().showHelpAfterError('(add --help for what is possible)').allowExcessArguments(false),
  );
  return program;
}

function forAll(command: Command, change: (command: Command) => void): void {
  change(command);
  command.commands.forEach((sub) => forAll(sub, change));
}
