import { readGitHub } from './github.ts';
import type { Reading } from './reading.ts';
import { readBoolean, readChoice } from './scalars.ts';
import { parseServerUrl } from './server-url.ts';
import type { ReportingInputs } from './types.ts';

/** Contract 1.6. */
export const readReporting = (reading: Reading): ReportingInputs => ({
  summary: readBoolean(reading, 'summary', true),
  argocdUrl: readArgocdUrl(reading),
  github: readGitHub(reading),
  format: readChoice(reading, 'report-format', ['json', 'junit'], 'json'),
});

const readArgocdUrl = (reading: Reading): string => {
  const given = reading.text('argocd-url');
  if (given === undefined) return '';
  const url = parseServerUrl(given);
  if (url.kind === 'ok') return url.url;
  reading.secret(url.secret);
  reading.problem('argocd-url', url.show ? given : undefined, url.problem, url.remedy);
  return '';
};
