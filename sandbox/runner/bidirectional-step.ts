import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { OutputName } from '../../src/bidirectional/report/outputs.ts';
import type { SyncReport } from '../../src/bidirectional/report/report.ts';
import { type BundleResult, type RunningBundle, type StepOptions, startBundle } from './bundle.ts';

/** The committed bundle of the second action, as the runner starts it. */
const BUNDLE = fileURLToPath(new URL('../../dist/bidirectional/index.cjs', import.meta.url));

export interface BidirectionalResult extends BundleResult {
  readonly outputs: Readonly<Record<OutputName, string>>;
  readonly report: SyncReport;
}

/** Starts the second action with these inputs. */
export const startBidirectional = (
  inputs: Readonly<Record<string, string>>,
  options: StepOptions = {},
): RunningBundle<BidirectionalResult> =>
  startBundle(BUNDLE, inputs, options, (result) => {
    const outputs = result.outputs as Record<OutputName, string>;
    return {
      ...result,
      outputs,
      report: outputs.report === '' ? undefined : JSON.parse(readFileSync(outputs.report, 'utf8')),
    };
  });
