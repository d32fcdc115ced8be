import { loadInputs as loadBidirectional } from '../src/bidirectional/inputs/load.ts';
import { OUTPUT_NAMES as BIDIRECTIONAL_OUTPUTS } from '../src/bidirectional/report/outputs.ts';
import { OUTPUT_NAMES } from '../src/report/outputs.ts';
import { loadInputs } from '../src/sync/inputs/load.ts';
import type { ActionMetadata } from './action-metadata.ts';

/** Which of the two actions of this repository. */
export type ActionName = 'sync' | 'bidirectional';

/** Where each is described. */
export const ACTION_FILES: Readonly<Record<ActionName, string>> = {
  sync: 'action.yml',
  bidirectional: 'bidirectional/action.yml',
};

/** The names of all inputs that an action reads, found by reading them: once for each way to connect. */
export const inputsRead = (action: ActionName = 'sync'): ReadonlySet<string> => {
  const names = new Set<string>();
  const load = action === 'sync' ? loadInputs : loadBidirectional;
  const readWith = (given: Readonly<Record<string, string>>): void => {
    load(
      (name) => {
        names.add(name);
        return given[name] ?? '';
      },
      {},
      () => {
        throw new Error('no files here');
      },
    );
  };
  readWith({ kubeconfig: 'apiVersion: v1' });
  if (action === 'sync') readWith({ 'argocd-server': 'argocd.example.com' });
  return names;
};

/** Whether the file of an action declares exactly what is read and written. One line for each difference. */
export const checkAgreement = (metadata: ActionMetadata, action: ActionName = 'sync'): readonly string[] => {
  const file = ACTION_FILES[action];
  const declared = new Set(metadata.inputs.map((entry) => entry.name));
  const read = inputsRead(action);
  const outputs = new Set(metadata.outputs.map((entry) => entry.name));
  const written: ReadonlySet<string> = new Set(action === 'sync' ? OUTPUT_NAMES : BIDIRECTIONAL_OUTPUTS);
  return [
    ...minus(declared, read).map((name) => `${file} declares the input ${name}, which nobody reads`),
    ...minus(read, declared).map((name) => `the input ${name} is read, but ${file} does not declare it`),
    ...minus(outputs, written).map((name) => `${file} declares the output ${name}, which nobody writes`),
    ...minus(written, outputs).map((name) => `the output ${name} is written, but ${file} does not declare it`),
    ...[...metadata.inputs, ...metadata.outputs]
      .filter((entry) => entry.description === '')
      .map((entry) => `${entry.name} has no description in ${file}`),
    ...(metadata.using === 'node24' ? [] : [`${file} runs on ${metadata.using}, not node24`]),
  ];
};

const minus = (a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] =>
  [...a].filter((item) => !b.has(item));
