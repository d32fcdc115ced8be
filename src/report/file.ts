import type { Report } from './report.ts';

/**
 * The report file: the whole report as JSON, as `docs/report.schema.json` describes it. `schemaVersion` stays while fields
 * are only added.
 */
export const toFile = (report: Report): string => `${JSON.stringify(report, undefined, 2)}\n`;
