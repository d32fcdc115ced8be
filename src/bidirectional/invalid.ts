import type { InputProblem } from './inputs/types.ts';
import { conclude } from './report/conclude.ts';
import type { SyncReport } from './report/report.ts';

/** The report of a step whose inputs cannot be used: nothing was touched. All problems together. */
export const invalidReport = (inputProblems: readonly InputProblem[], now: Date): SyncReport => {
  const problems = inputProblems.map(({ input, value, problem, remedy }) => ({
    title: `Input ${input}`,
    message: value === undefined ? problem : `"${value}": ${problem}`,
    hint: remedy,
    causes: [],
  }));
  const stamp = now.toISOString();
  const ending = {
    problems,
    events: [],
    invalid: [],
    equal: 0,
    dryRun: false,
    cancelled: false,
    durationMs: 0,
    ignored: '',
  };
  return {
    schemaVersion: 1,
    action: 'bidirectional',
    ...conclude(ending),
    startedAt: stamp,
    finishedAt: stamp,
    durationMs: 0,
    dryRun: false,
    connection: '',
    repository: '',
    branch: '',
    folder: '',
    head: '',
    commit: '',
    pullRequest: null,
    problems,
    warnings: [],
    events: [],
    invalid: [],
    leftAlone: [],
    equal: 0,
    webhook: null,
  };
};
