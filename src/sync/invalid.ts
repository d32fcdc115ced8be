import { conclude } from '../report/conclude.ts';
import type { Report } from '../report/report.ts';
import type { InputProblem } from './inputs/types.ts';

/** The report of a step whose inputs cannot be used: nothing was touched. All problems together (contract 1.9). */
export function invalidReport(inputProblems: readonly InputProblem[], now: Date): Report {
  const problems = inputProblems.map(({ input, value, problem, remedy }) => ({
    title: `Input ${input}`,
    message: value === undefined ? problem : `"${value}": ${problem}`,
    hint: remedy,
    causes: [],
  }));
  const stamp = now.toISOString();
  return {
    schemaVersion: 1,
    command: 'sync',
    ...conclude({ applications: [], problems, cancelled: false, durationMs: 0 }),
    startedAt: stamp,
    finishedAt: stamp,
    durationMs: 0,
    connection: '',
    problems,
    warnings: [],
    selection: { looked: '', excluded: [], shards: [] },
    applications: [],
  };
}
