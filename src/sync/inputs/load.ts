import { readFileSync } from 'node:fs';
import { checkCombinations } from './combinations.ts';
import { readConnection } from './connection.ts';
import { type Adopted, adoptHarnessStep } from './harness-step/adopt.ts';
import { readOperation } from './operation.ts';
import { type Environment, type Read, type ReadFile, Reading } from './reading.ts';
import { readReporting } from './reporting.ts';
import { readChoice } from './scalars.ts';
import { readTargets } from './targets.ts';
import type { Called, InputProblem, InputResult } from './types.ts';
import { readWaiting } from './waiting.ts';

/**
 * Reads all inputs, once. The only place that knows their names.
 *
 * `read` gives an input's text, `''` when it is not set (`core.getInput`); `env` is the environment, for the variables that
 * stand in for inputs; `readFile` gives a file's text or throws as `fs.readFileSync` does, which is the default (kubeconfig
 * files, the pod's service account).
 *
 * Answers either everything or every problem. `secrets` must be masked before anything else is printed, in both cases.
 */
export const loadInputs = (read: Read, env: Environment, readFile: ReadFile = readTextFile): InputResult => {
  const step = adoptHarnessStep((name) => read(name).trim());
  const lent = new Map([...step.inputs].map(([input, { value }]) => [input, value]));
  const reading = new Reading(read, env, readFile, lent);
  const pasted = reading.text('harness-step');
  for (const { problem, remedy } of step.problems) reading.problem('harness-step', undefined, problem, remedy);
  const command = readChoice(reading, 'command', ['sync', 'wait', 'terminate', 'plan'], 'sync');
  const connection = readConnection(reading);
  const targets = readTargets(reading, command, connection?.namespaces);
  const operation = readOperation(reading);
  const waiting = readWaiting(reading, command);
  const reporting = readReporting(reading);
  checkCombinations(reading, command, waiting, operation.async);
  // Longest first: a secret that holds another one is masked as a whole.
  const secrets = [...reading.secrets].sort((a, b) => b.length - a.length);
  const called = calledWith(reading, secrets);
  if (connection === undefined || reading.problems.length > 0) {
    const problems = reading.problems
      .map((problem) => (pasted === undefined ? problem : fromStep(problem, step)))
      .map((problem) => withoutSecrets(problem, secrets));
    return { kind: 'invalid', problems, secrets, called };
  }
  return {
    kind: 'ok',
    inputs: { command, connection, targets, operation, waiting, reporting },
    secrets,
    called,
    warnings: step.warnings,
  };
};

/** A problem of a value that a Harness step lent is one of the field it comes from. */
const fromStep = (problem: InputProblem, { inputs }: Adopted): InputProblem => {
  const from = inputs.get(problem.input);
  if (from === undefined) return problem;
  return { ...problem, input: 'harness-step', problem: `${problem.problem} (${from.path}, here ${problem.input})` };
};

const readTextFile: ReadFile = (path) => readFileSync(path, 'utf8');

/** Never shown: secrets as a whole, or texts that may hold one. */
const HIDDEN = new Set([
  'kubeconfig',
  'argocd-auth-token',
  'argocd-password',
  'certificate-authority',
  'client-certificate',
  'client-key',
  'headers',
  'github-token',
]);

const calledWith = (reading: Reading, secrets: readonly string[]): Called =>
  [...reading.called].map(([input, value]) => [
    input,
    HIDDEN.has(input) || secrets.some((secret) => value.includes(secret)) ? '***' : value,
  ]);

/** A secret that was put into the wrong input is not shown either. */
const withoutSecrets = (problem: InputProblem, secrets: readonly string[]): InputProblem =>
  secrets.some((secret) => problem.value?.includes(secret)) ? { ...problem, value: undefined } : problem;
