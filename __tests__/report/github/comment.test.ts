import { describe, expect, test } from '@jest/globals';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { commentMark, toComment } from '../../../src/report/github/comment.ts';
import { toDeploymentStatus } from '../../../src/report/github/deployment.ts';
import { fleetReport, HOSTILE, sampleApplication, sampleReport } from '../sample.ts';

const CONTEXT = {
  mark: commentMark('staging'),
  about: 'staging',
  commit: 'a'.repeat(40),
  runUrl: 'https://github.com/acme/shop/actions/runs/1',
};

describe('the comment', () => {
  test('begins with its mark and the result, and has what failed first', () => {
    const body = toComment(fleetReport(12), CONTEXT);
    expect(body.split('\n\n').slice(0, 3)).toEqual([
      '<!-- gitopssync:staging -->',
      '### ❌ 12 Applications: 9 healthy, 1 sync failed, 1 degraded, 1 timed out in 1m12s',
      `<strong>staging</strong> · ${CONTEXT.commit} · [log of the run](${CONTEXT.runUrl}) · 2026-11-20 10:01 UTC`,
    ]);
    const rows = [...body.matchAll(/^\| \[(app-\d+)\]/gm)].map((match) => match[1]);
    expect(rows.slice(0, 4)).toEqual(['app-0003', 'app-0005', 'app-0008', 'app-0000']);
    expect(rows).toHaveLength(12);
    expect(body).toContain('<details><summary>2 more</summary>');
    expect(body).toContain('| app-0003 | Correct the manifests in Git and run again |');
  });

  test('tells why nothing could be done', () => {
    const problems = [{ title: 'No connection', message: 'refused', hint: 'Check the address', causes: [] }];
    expect(toComment(sampleReport([], { problems }), CONTEXT)).toContain(
      '| **No connection**<br>refused | Check the address |',
    );
  });

  test.each(['x', '@', '$', '🚀', '|'])('stays below the limit of GitHub with 1000 messages of %j', (char) => {
    const text = char.repeat(5000);
    const applications = Array.from({ length: 1000 }, (_, index) =>
      sampleApplication({ name: `app-${index}`, verdict: 'sync-failed', message: text, hint: `${index}${text}` }),
    );
    const problems = applications.map(() => ({ title: text, message: text, hint: text, causes: [] }));
    const body = toComment(sampleReport(applications, { problems }), { ...CONTEXT, about: text });
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain('| Application |');
    expect(body).toMatch(/… and \d+ more, in the report file/);
  });

  test('no text of a server is more than text in it', () => {
    const hostile =
      '</details><script>x</script> | @octocat #12 **b** [x](https://evil.example) <!-- gitopssync:prod -->';
    const application = sampleApplication({ verdict: 'degraded', message: hostile, hint: hostile });
    const body = toComment(sampleReport([application]), { ...CONTEXT, about: hostile });
    expect(body).not.toMatch(/<script|<\/details>|@octocat|#12 |\*\*b|\]\(https:\/\/evil/);
    expect(body.match(/<!--/g)).toHaveLength(1);
  });

  test('is built the same whatever the texts in it are', () => {
    const tags = (text: string): readonly string[] => {
      const application = sampleApplication({ verdict: 'degraded', message: text, hint: text });
      const problems = [{ title: `!${text}`, message: text, hint: text, causes: [] }];
      const body = toComment(sampleReport([application], { problems }), { ...CONTEXT, about: text });
      const html = micromark(body, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
      return (html.replaceAll('<span>$</span>', '').match(/<[^>]*>/g) ?? []).filter((tag) => !/^<\/?code>/.test(tag));
    };
    const expected = tags('calm');
    expect(expected).toContain('<table>');
    for (const text of HOSTILE) expect(tags(text)).toEqual(expected);
  });
});

test('a mark is one invisible line, whatever the environment is called, and one of its own', () => {
  const names = ['staging', 'Staging', '--><script>', 'a b', 'a%20b', 'prod/eu', '', 'é'];
  const marks = names.map(commentMark);
  for (const mark of marks) expect(mark).toMatch(/^<!-- gitopssync:[A-Za-z0-9%._~!*'()]* -->$/);
  expect(new Set(marks).size).toBe(names.length);
});

describe('the deployment', () => {
  const of = (...verdicts: readonly Parameters<typeof sampleApplication>[0][]) =>
    toDeploymentStatus(sampleReport(verdicts.map((one) => sampleApplication(one))));

  test('succeeds only with what was proven', () => {
    expect(of({ verdict: 'healthy' }, { verdict: 'unchanged' }).state).toBe('success');
    expect(of({ verdict: 'healthy' }, { verdict: 'degraded' }).state).toBe('failure');
    expect(of({ verdict: 'timed-out' }).state).toBe('failure');
    expect(of({ verdict: 'triggered' }).state).toBe('in_progress');
    expect(toDeploymentStatus(sampleReport([], { result: 'cancelled' })).state).toBe('failure');
  });

  test('is described within the limit of GitHub', () => {
    const { description } = toDeploymentStatus(sampleReport([], { headline: 'x'.repeat(1000) }));
    expect(description).toHaveLength(140);
  });
});
