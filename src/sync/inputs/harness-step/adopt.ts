import { isHeeded } from '../combinations.ts';
import { items } from '../lists.ts';
import { SELECTING } from '../selecting.ts';
import type { Inputs } from '../types.ts';
import { inputOf, type MappedStep, mapHarnessStep } from './map.ts';

/** What of a Harness step is used beside the inputs that were given. */
export interface Adopted extends Pick<MappedStep, 'inputs' | 'problems' | 'warnings'> {}

const NONE: Adopted = { inputs: new Map(), problems: [], warnings: [] };

/** Inputs that mean nothing unless health is waited for. */
const WITH_WAITING = new Set(['fail-on-timeout', 'degraded-timeout']);

/**
 * The values that a Harness step lends to inputs which are not given. `given` gives an input's text, `''` when there is none.
 *
 * Given inputs win: a given choice of Applications replaces the step's as a whole, sync options are merged by key, everything
 * else by input. What the command does not heed is left out.
 */
export const adoptHarnessStep = (given: (input: string) => string): Adopted => {
  const text = given('harness-step');
  if (text === '') return NONE;
  const step = mapHarnessStep(text);
  const command = commandOf(given('command'));
  const waiting = given('wait-until-healthy').toLowerCase() || step.inputs.get('wait-until-healthy')?.value || 'false';
  const waits = command === 'wait' || (waiting === 'true' && given('async').toLowerCase() !== 'true');
  const choice = SELECTING.find((input) => given(input) !== '');
  const warnings = [...step.warnings];
  const inputs = new Map<string, { readonly value: string; readonly path: string }>();
  const wins = (input: string): boolean => {
    if (given(input) !== '' || !isHeeded(input, command)) return false;
    // Waiting is what this command is for.
    if (input === 'wait-until-healthy') return command !== 'wait';
    return waits || !WITH_WAITING.has(input);
  };
  for (const [input, from] of step.inputs) {
    if (choice !== undefined && SELECTING.some((other) => other === input)) {
      warnings.push(`harness-step: ${from.path} is not used, because ${choice} is given`);
    } else if (input === 'sync-options' && isHeeded(input, command)) {
      inputs.set(input, { ...from, value: mergeOptions(from.value, given(input)) });
    } else if (wins(input)) {
      inputs.set(input, input === 'wait-until-healthy' ? { ...from, value: String(waits) } : from);
    }
  }
  // What is wrong with a field does not matter where an input is given in its place.
  const problems = step.problems.filter(({ path }) => {
    const input = inputOf(path);
    if (SELECTING.some((other) => other === input) && !path.includes('resourcesSelector')) return choice === undefined;
    return input === '' || given(input) === '';
  });
  return { inputs, warnings, problems };
};

const commandOf = (text: string): Inputs['command'] =>
  text === 'wait' || text === 'terminate' || text === 'plan' ? text : 'sync';

/** The step's options, without those whose keys are given. */
const mergeOptions = (step: string, given: string): string => {
  const key = (option: string): string => (option.split('=')[0] ?? '').trim();
  const keys = new Set(items(given).map(key));
  return [...items(step).filter((option) => !keys.has(key(option))), given].filter((part) => part !== '').join('\n');
};
