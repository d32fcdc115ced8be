import { onceForEach } from '../lib/once-for-each.ts';
import type { ApplicationReport, Report } from './report.ts';

const EMPTY = '"applications": []';

/** The line of an Application; made once for each. */
const lineOf = onceForEach((application: ApplicationReport) => JSON.stringify(application));

/** Makes beforehand what will stand in the report file. */
export const prepareLine = (application: ApplicationReport): void => {
  lineOf(application);
};

/**
 * The report file: the whole report as JSON, as `docs/report.schema.json` describes it. `schemaVersion` stays while fields
 * are only added. Each Application is a line. In pieces: the whole text of a thousand is never there at once.
 */
export function* toFile({ applications, ...report }: Report): Generator<string> {
  // The last member, so that nothing but the end stands behind it.
  const around = JSON.stringify({ ...report, applications: [] }, undefined, 2);
  const end = around.lastIndexOf(EMPTY);
  if (applications.length === 0) {
    yield `${around}\n`;
    return;
  }
  yield `${around.slice(0, end + EMPTY.length - 1)}\n`;
  for (const [index, application] of applications.entries()) {
    yield `    ${lineOf(application)}${index < applications.length - 1 ? ',' : ''}\n`;
  }
  yield `  ${around.slice(end + EMPTY.length - 1)}\n`;
}
