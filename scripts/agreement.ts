import { OUTPUT_NAMES } from '../src/report/outputs.ts';
import { loadInputs } from '../src/sync/inputs/load.ts';
import type { ActionMetadata } from './action-metadata.ts';

/** The names of all inputs that the step reads, found by reading them: once for each way to connect. */
export const inputsRead = (): ReadonlySet<string> => {
  const names = new Set<string>();
  const readWith = (given: Readonly<Record<string, string>>): void => {
    loadInputs(
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
  readWith({ 'argocd-server': 'argocd.example.com' });
  return names;
};

/** Whether action.yml declares exactly what is read and written. One line for each difference. */
export const checkAgreement = (action: ActionMetadata): readonly string[] => {
  const declared = new Set(action.inputs.map((entry) => entry.name));
  const read = inputsRead();
  const outputs = new Set(action.outputs.map((entry) => entry.name));
  const written: ReadonlySet<string> = new Set(OUTPUT_NAMES);
  return [
    ...minus(declared, read).map((name) => `action.yml declares the input ${name}, which nobody reads`),
    ...minus(read, declared).map((name) => `the input ${name} is read, but action.yml does not declare it`),
    ...minus(outputs, written).map((name) => `action.yml declares the output ${name}, which nobody writes`),
    ...minus(written, outputs).map((name) => `the output ${name} is written, but action.yml does not declare it`),
    ...[...action.inputs, ...action.outputs]
      .filter((entry) => entry.description === '')
      .map((entry) => `${entry.name} has no description in action.yml`),
    ...(action.using === 'node24' ? [] : [`action.yml runs on ${action.using}, not node24`]),
  ];
};

const minus = (a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] =>
  [...a].filter((item) => !b.has(item));
