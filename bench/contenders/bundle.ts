import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStep } from '../../sandbox/runner/step.ts';
import type { Report } from '../../src/report/report.ts';
import type { Access } from '../sandbox/protocol.ts';
import type { ProcessRun, Task, Transport } from './contender.ts';
import { probeUsage } from './usage.ts';

/** How long Healthy must hold before the step believes it: the least that is allowed. No floor waits for it. */
export const HEALTHY_FOR_MS = 1000;

export interface BundleRun extends ProcessRun {
  readonly report: Report;
}

const connection = (transport: Transport, access: Access): Readonly<Record<string, string>> =>
  transport === 'kubernetes'
    ? { kubeconfig: access.kubeconfig }
    : {
        'argocd-server': access.argocdUrl,
        'argocd-auth-token': access.token,
        'certificate-authority': access.certificateAuthority,
      };

/** Runs the committed bundle as a runner would. Throws unless every Application got `verdict`. */
export async function runBundle(
  { transport, access, selected }: Task,
  verdict: 'healthy' | 'synced',
  inputs: Readonly<Record<string, string>> = {},
): Promise<BundleRun> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-step-'));
  const probe = probeUsage();
  try {
    const step = startStep(
      {
        ...connection(transport, access),
        'application-regex': 'pick-\\d+',
        'wait-until-healthy': String(verdict === 'healthy'),
        'healthy-for': `${HEALTHY_FOR_MS}ms`,
        timeout: '10m',
        ...inputs,
      },
      { folder, env: probe.env },
    );
    const { durationMs, report, log } = await step.done;
    const right = report.applications.filter((application) => application.verdict === verdict).length;
    if (right !== selected)
      throw new Error(`${right} of ${selected} Applications are ${verdict}:\n${log.slice(-3000)}`);
    return { wallMs: durationMs, report, ...probe.read() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
