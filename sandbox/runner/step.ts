import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { OutputName } from '../../src/report/outputs.ts';
import type { ApplicationReport, Report } from '../../src/report/report.ts';
import { type BundleResult, type RunningBundle, type StepOptions, startBundle } from './bundle.ts';

export type { StepOptions } from './bundle.ts';

/** The committed bundle, as the runner starts it. */
const BUNDLE = fileURLToPath(new URL('../../dist/sync/index.cjs', import.meta.url));

export interface StepResult extends BundleResult {
  readonly outputs: Readonly<Record<OutputName, string>>;
  /** Output `applications`, parsed. */
  readonly applications: readonly ApplicationReport[];
  readonly report: Report;
  /** The report file as it was written. */
  readonly reportText: string;
}

export type RunningStep = RunningBundle<StepResult>;

/** Starts the first action with these inputs. */
export const startStep = (inputs: Readonly<Record<string, string>>, options: StepOptions = {}): RunningStep =>
  startBundle(BUNDLE, inputs, options, (result) => {
    const outputs = result.outputs as Record<OutputName, string>;
    // The JSON lies beside a report of another format.
    const json = outputs.report.replace(/\.xml$/, '.json');
    return {
      ...result,
      outputs,
      report: json === '' ? undefined : JSON.parse(readFileSync(json, 'utf8')),
      reportText: outputs.report === '' ? '' : readFileSync(outputs.report, 'utf8'),
      applications: JSON.parse(outputs.applications || '[]'),
    };
  });

export const runStep = (inputs: Readonly<Record<string, string>>, options: StepOptions = {}): Promise<StepResult> =>
  startStep(inputs, options).done;
