import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as actions from '@actions/core';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createRedactor, type Redactor } from '../../src/lib/redact.ts';
import { OUTPUT_NAMES } from '../../src/report/outputs.ts';
import { createReportRedactor } from '../../src/report/redact-report.ts';
import { type ActionsCore, createLogWriter, createReportWriter, type WriterOptions } from '../../src/report/writer.ts';
import { fleetReport, HOSTILE, sampleApplication, sampleReport, sampleResource } from './sample.ts';

const OPTIONS: WriterOptions = {
  summary: true,
  format: 'json',
  failOnTimeout: true,
  called: [['application-regex', 'app-.*']],
};
const given = ({ redact, known }: Redactor = createRedactor()) => ({
  env,
  redact,
  redactor: createReportRedactor(redact, known),
});

let folder = '';
let stdout: string[] = [];
let env: Record<string, string> = {};
let outputBefore: string | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'writer-test-'));
  env = { RUNNER_TEMP: folder, GITHUB_STEP_SUMMARY: join(folder, 'summary.md') };
  outputBefore = process.env.GITHUB_OUTPUT;
  process.env.GITHUB_OUTPUT = join(folder, 'output');
  writeFileSync(process.env.GITHUB_OUTPUT, '');
  stdout = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout.push(String(text));
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  if (outputBefore === undefined) delete process.env.GITHUB_OUTPUT;
  else process.env.GITHUB_OUTPUT = outputBefore;
  rmSync(folder, { recursive: true });
});

/** Reads the file as the runner does: the last value of a name counts. */
const outputs = (): Record<string, string> => {
  const text = readFileSync(join(folder, 'output'), 'utf8');
  const found = [...text.matchAll(/^([\w-]+)<<(ghadelimiter_\S+)\n([\s\S]*?)\n\2$/gm)];
  return Object.fromEntries(found.map(([, name, , value]) => [name, value]));
};

const logged = (): string[] => stdout.join('').split('\n');
const summary = (): string => readFileSync(join(folder, 'summary.md'), 'utf8');

describe('the writer', () => {
  test('sets every output early, and again with the report', () => {
    const writer = createReportWriter(given());
    writer.writeEarly();
    expect(Object.keys(outputs()).sort()).toEqual([...OUTPUT_NAMES].sort());
    expect(outputs()).toMatchObject({ result: 'failed', applications: '[]', count: '0', report: '' });
    writer.write(fleetReport(10), OPTIONS);
    expect(outputs()).toMatchObject({ result: 'failed', count: '10', failed: '["app-0003","app-0005"]' });
  });

  test('writes the report file and the summary', () => {
    createReportWriter(given()).write(fleetReport(10), OPTIONS);
    const path = outputs().report ?? '';
    expect(dirname(dirname(path))).toBe(folder);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(fleetReport(10));
    expect(summary()).toContain('### ❌ 10 Applications: 7 healthy');
    expect(logged().filter((line) => line.startsWith('::error title=app-000'))).toHaveLength(3);
  });

  test('does not overwrite the report of another use in the same job', () => {
    const paths = [1, 2].map((count) => {
      createReportWriter(given()).write(fleetReport(count), OPTIONS);
      return outputs().report ?? '';
    });
    expect(new Set(paths).size).toBe(2);
    expect(paths.every((path) => existsSync(path))).toBe(true);
  });

  test('writes no summary when it is not wanted, and adds to one that is there', () => {
    createReportWriter(given()).write(sampleReport(), { ...OPTIONS, summary: false });
    expect(existsSync(join(folder, 'summary.md'))).toBe(false);
    writeFileSync(join(folder, 'summary.md'), 'before\n');
    createReportWriter(given()).write(sampleReport(), OPTIONS);
    expect(summary()).toMatch(/^before\n### ✅/);
  });

  test('needs no summary outside of a runner', () => {
    createReportWriter({ ...given(), env: { RUNNER_TEMP: folder } }).write(sampleReport(), OPTIONS);
    expect(outputs().result).toBe('succeeded');
    expect(stdout).toEqual([]);
  });

  test('writes outputs even if report file and summary cannot be written, and warns', () => {
    const broken = { RUNNER_TEMP: join(folder, 'missing'), GITHUB_STEP_SUMMARY: join(folder, 'missing', 'summary') };
    createReportWriter({ ...given(), env: broken }).write(fleetReport(10), OPTIONS);
    expect(outputs()).toMatchObject({ result: 'failed', count: '10', report: '' });
    const warnings = logged().filter((line) => line.startsWith('::warning::'));
    expect(warnings).toEqual([
      expect.stringMatching(/^::warning::The report file could not be written: ENOENT/),
      expect.stringMatching(/^::warning::The job summary could not be written: ENOENT/),
    ]);
  });

  test('writes everything else if one output fails', () => {
    const core: ActionsCore = {
      ...actions,
      setOutput: (name, value) => {
        if (name === 'applications') throw new Error('disk full');
        actions.setOutput(name, value);
      },
    };
    createReportWriter({ ...given(), core }).write(fleetReport(10), OPTIONS);
    expect(Object.keys(outputs())).toHaveLength(OUTPUT_NAMES.length - 1);
    expect(summary()).toContain('10 Applications');
    expect(logged()).toContain('::warning::The output applications could not be written: disk full');
  });

  test('says what outputs leave out', () => {
    createReportWriter(given()).write(fleetReport(1000), OPTIONS);
    expect(stdout.join('')).toMatch(
      /^Outputs leave out what does not fit: .*url.*\. The report file has everything\.$/m,
    );
  });

  test('writes no secret anywhere, and gives the report back without', () => {
    const secret = 'hunter2hunter2';
    const redactor = createRedactor();
    redactor.register(secret);
    const text = `${'x'.repeat(290)} ${secret} hunter2\u200bhunter2 ${Buffer.from(secret).toString('base64')}`;
    const report = sampleReport(
      [
        sampleApplication({
          verdict: 'error',
          message: text,
          hint: text,
          url: `https://example.com/${secret}`,
          resources: [sampleResource({ status: 'SyncFailed', message: text })],
        }),
      ],
      { headline: text, problems: [{ title: text, message: text, hint: text, causes: [text] }] },
    );
    const written = createReportWriter(given(redactor)).write(report, {
      ...OPTIONS,
      called: [['applications', text]],
    });
    const all = [
      JSON.stringify(written),
      readFileSync(outputs().report ?? '', 'utf8'),
      readFileSync(join(folder, 'output'), 'utf8'),
      summary(),
      stdout.join(''),
    ].join('\n');
    expect(all).not.toContain('hunter');
    expect(all).not.toContain(Buffer.from(secret).toString('base64').slice(0, -2));
    expect(all).toContain('***');
  });

  test('what was prepared is written, but for a secret that became known after it', () => {
    const redactor = createRedactor();
    const writer = createReportWriter(given(redactor));
    const report = sampleReport([
      sampleApplication({ name: 'web', message: 'has hunter2hunter2', project: 'hunter2hunter2' }),
      sampleApplication({ name: 'api', message: 'has nothing' }),
    ]);
    for (const application of report.applications) writer.prepare(application);
    redactor.register('hunter2hunter2');
    expect(writer.write(report, OPTIONS).applications).toMatchObject([
      { name: 'web', message: 'has ***', project: '***' },
      { name: 'api', message: 'has nothing' },
    ]);
    const all = readFileSync(outputs().report ?? '', 'utf8') + readFileSync(join(folder, 'output'), 'utf8') + summary();
    expect(all).not.toContain('hunter');
    expect(all).toContain('has nothing');
  });

  test('what cannot be prepared is told when it is written', () => {
    const broken = sampleApplication({ revisions: null as unknown as [] });
    const writer = createReportWriter(given());
    expect(() => writer.prepare(broken)).not.toThrow();
    writer.write(sampleReport([broken]), OPTIONS);
    expect(stdout.join('')).toContain('The report without secrets could not be written');
  });

  test('gives the runner only its own commands, whatever servers say', () => {
    const texts = HOSTILE.filter(({ length }) => length < 50_000);
    const applications = texts.map((text) =>
      sampleApplication({ name: text, verdict: 'error', message: text, hint: text }),
    );
    const problems = HOSTILE.map((text) => ({ title: text, message: text, hint: text, causes: [text] }));
    createReportWriter(given()).write(sampleReport(applications, { problems }), OPTIONS);
    const commands = logged().filter((line) => /^\s*::|##\[/.test(line));
    expect(commands).toHaveLength(9);
    for (const line of commands) expect(line).toMatch(/^::error title=[^,:]*::[^\r\n]*$/);
    const { names = '', applications: json = '' } = outputs();
    expect(JSON.parse(names)).toHaveLength(texts.length);
    expect(JSON.parse(json)).toHaveLength(texts.length);
  });

  test('is done within a second with 1000 Applications of 20 resources and ten secrets', () => {
    const resources = Array.from({ length: 20 }, (_, index) =>
      sampleResource({ name: `resource-${index}`, message: `deployment.apps/resource-${index} configured` }),
    );
    const applications = fleetReport(1000).applications.map((application) => ({ ...application, resources }));
    const redactor = createRedactor();
    for (let index = 0; index < 10; index += 1) redactor.register(`secret-number-${index}-${'x'.repeat(40)}`);
    const started = process.cpuUsage();
    createReportWriter(given(redactor)).write(sampleReport(applications), OPTIONS);
    // Of the processor's time: the machine that runs the tests does other things too.
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(1000);
  });
});

describe('the writer of log lines', () => {
  test('writes groups, and nothing else that the runner would take for a command', () => {
    const log = createLogWriter((text) => text.replaceAll('secret', '***'));
    log.open('Plan\n::error::x');
    log.line('::error::secret');
    log.line('a\n::error::x ##[error]y');
    log.close();
    expect(stdout.join('')).toBe('::group::Plan ::error::x\n: :error::***\na ::error::x ## [error]y\n::endgroup::\n');
  });

  test('writes many lines in one go, and each of them as if it stood alone', () => {
    const log = createLogWriter((text) => text.replaceAll('secret', '***'));
    log.all(['shop', '::error::secret', 'a\n::error::x ##[error]y']);
    expect(stdout).toEqual(['shop\n: :error::***\na ::error::x ## [error]y\n']);
  });
});
