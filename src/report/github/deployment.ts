import { DESCRIPTION_MAX, type DeploymentState } from '../../github/deployments.ts';
import { oneLine } from '../../lib/printable.ts';
import type { Report } from '../report.ts';

/**
 * What a deployment is told at the end of a run. Only what was proven is a success: with `async` nothing but the acceptance of the
 * syncs is known, and the deployment stays in progress.
 */
export const toDeploymentStatus = (
  report: Report,
): { readonly state: DeploymentState; readonly description: string } => ({
  state: stateOf(report),
  description: oneLine(report.headline, DESCRIPTION_MAX),
});

const stateOf = ({ result, applications }: Report): DeploymentState => {
  if (result !== 'succeeded') return 'failure';
  return applications.some(({ verdict }) => verdict === 'triggered') ? 'in_progress' : 'success';
};
