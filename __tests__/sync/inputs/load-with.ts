import { loadInputs } from '../../../src/sync/inputs/load.ts';
import type { InputProblem, InputResult, Inputs } from '../../../src/sync/inputs/types.ts';

export interface World {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** The least that can be said: a connection and a target. */
export const MINIMAL = {
  'argocd-server': 'argocd.example.com',
  'argocd-auth-token': 'token-of-eight',
  applications: 'shop',
} as const;

/** Loads from plain data; a file that is not there fails as the file system does. */
export const load = (given: Readonly<Record<string, string>>, { env = {}, files = {} }: World = {}): InputResult =>
  loadInputs(
    (name) => given[name] ?? '',
    env,
    (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
      return text;
    },
  );

/** The inputs of a step with {@link MINIMAL} and more; fails the test when there is a problem. */
export const inputs = (given: Readonly<Record<string, string>> = {}, world: World = {}): Inputs => {
  const result = load({ ...MINIMAL, ...given }, world);
  if (result.kind === 'invalid') throw new Error(lines(result.problems).join('\n'));
  return result.inputs;
};

/** The problems of a step with {@link MINIMAL} and more, none when it is fine. */
export const problems = (given: Readonly<Record<string, string>>, world: World = {}): readonly string[] =>
  problemsOf({ ...MINIMAL, ...given }, world);

export const problemsOf = (given: Readonly<Record<string, string>>, world: World = {}): readonly string[] => {
  const result = load(given, world);
  return result.kind === 'ok' ? [] : lines(result.problems);
};

/** `input "value" problem | remedy`. */
const lines = (list: readonly InputProblem[]): readonly string[] =>
  list.map(
    ({ input, value, problem, remedy }) => `${input} ${value === undefined ? '' : `"${value}" `}${problem} | ${remedy}`,
  );
