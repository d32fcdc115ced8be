import type { Report } from './report.ts';

const EMPTY = '"applications": []';

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
    yield `    ${JSON.stringify(application)}${index < applications.length - 1 ? ',' : ''}\n`;
  }
  yield `  ${around.slice(end + EMPTY.length - 1)}\n`;
}
