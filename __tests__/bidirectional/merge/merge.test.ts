import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hashOf } from '../../../src/bidirectional/diff/canonical.ts';
import { differences, pathOf, pointerOf, valueAt, withValue } from '../../../src/bidirectional/diff/field.ts';
import {
  AgreementTooLargeError,
  baseOf,
  openFields,
  readAgreement,
  writeAgreement,
} from '../../../src/bidirectional/merge/agreement.ts';
import { type Choice, type FieldChange, merge } from '../../../src/bidirectional/merge/merge.ts';
import type { JsonRecord } from '../../../src/lib/json.ts';

/** As in both directions: who changed it alone is right; `conflict` decides the rest. */
const both =
  (conflict: Choice) =>
  ({ changedBy }: FieldChange): Choice =>
    changedBy === 'both' ? conflict : changedBy;

const BASE = { spec: { a: 1, b: { c: 1, d: 1 }, l: [1] } };

describe('three-way, per field', () => {
  test('each side keeps what it changed alone', () => {
    const git = { spec: { a: 2, b: { c: 1, d: 1 }, l: [1] } };
    const platform = { spec: { a: 1, b: { c: 1, d: 9, e: 9 } } };
    const merged = merge(BASE, git, platform, both('hold'));
    const all = { spec: { a: 2, b: { c: 1, d: 9, e: 9 } } };
    expect(merged).toMatchObject({ git: all, platform: all, base: all });
    expect(merged.decisions.map(({ path, choice }) => [pointerOf(path), choice])).toEqual([
      ['/spec/a', 'git'],
      ['/spec/b/d', 'platform'],
      ['/spec/b/e', 'platform'],
      ['/spec/l', 'platform'],
    ]);
  });

  test('the same change on both sides is agreed on', () => {
    const same = { spec: { a: 7 } };
    expect(merge(BASE, same, same, both('hold'))).toEqual({ git: same, platform: same, base: same, decisions: [] });
  });

  test('a conflict that is held keeps both values and its base; the rest goes on', () => {
    const git = { spec: { a: 2, b: { c: 5, d: 1 }, l: [1] } };
    const platform = { spec: { a: 3, b: { c: 1, d: 1 }, l: [1] } };
    expect(merge(BASE, git, platform, both('hold'))).toMatchObject({
      git: { spec: { a: 2, b: { c: 5 } } },
      platform: { spec: { a: 3, b: { c: 5 } } },
      base: { spec: { a: 1, b: { c: 5 } } },
    });
    expect(merge(BASE, git, platform, both('platform'))).toMatchObject({ git: { spec: { a: 3, b: { c: 5 } } } });
  });

  test('removed here and changed there is one conflict', () => {
    const git = { spec: { a: 1, l: [1] } };
    const platform = { spec: { a: 1, b: { c: 2, d: 1 }, l: [1] } };
    const { decisions } = merge(BASE, git, platform, both('git'));
    expect(decisions).toMatchObject([{ path: ['spec', 'b'], changedBy: 'both', git: undefined }]);
  });
});

describe('properties', () => {
  const leaf = fc.constantFrom<unknown>(1, 2, 'x', [1], [1, 2]);
  const { record } = fc.letrec<{ value: unknown; record: JsonRecord }>((tie) => ({
    value: fc.oneof({ maxDepth: 2 }, leaf, tie('record')),
    record: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { noNullPrototype: true }),
  }));

  test('both sides end equal unless something is held, and once merged nothing more is to do', () => {
    fc.assert(
      fc.property(
        record,
        record,
        record,
        fc.constantFrom<Choice>('git', 'platform', 'hold'),
        (base, git, platform, conflict) => {
          const first = merge(base, git, platform, both(conflict));
          if (first.decisions.every(({ choice }) => choice !== 'hold')) expect(first.git).toEqual(first.platform);
          const second = merge(first.base, first.git, first.platform, both('hold'));
          expect([second.git, second.platform, second.base]).toEqual([first.git, first.platform, first.base]);
          expect(second.decisions.every(({ choice }) => choice === 'hold')).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the base is the commit with what is open over it', () => {
    fc.assert(
      fc.property(record, record, (base, atCommit) => {
        const agreement = { hash: hashOf(base), open: openFields(base, atCommit) };
        expect(baseOf(atCommit, agreement)).toEqual(base);
        const told = { ...agreement, repository: 'a/b', branch: 'main', commit: 'a'.repeat(40), path: 'x.yaml' };
        expect(readAgreement(writeAgreement(told))).toEqual(told);
      }),
      { numRuns: 200 },
    );
  });

  test('differences are the way from one value to another', () => {
    fc.assert(
      fc.property(record, record, (from, to) => {
        const result = differences(from, to).reduce((value, { path, after }) => withValue(value, path, after), from);
        expect(result).toEqual(to);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the agreement', () => {
  const COMPLETE = { repository: 'a/b', branch: 'main', commit: 'c'.repeat(40), path: 'x.yaml', hash: 'd'.repeat(64) };

  test.each([
    undefined,
    '',
    '{',
    '[]',
    '{}',
    JSON.stringify({ ...COMPLETE, commit: 'x' }),
    JSON.stringify({ ...COMPLETE, path: '' }),
  ])('%j is none', (annotation) => expect(readAgreement(annotation)).toBeUndefined());

  test('content that is not what was agreed on is no base', () => {
    expect(baseOf({ spec: 1 }, { hash: hashOf({ spec: 2 }), open: new Map() })).toBeUndefined();
  });

  test('does not grow without bounds', () => {
    expect(() => writeAgreement({ ...COMPLETE, open: new Map([['/spec/a', 'x'.repeat(40_000)]]) })).toThrow(
      AgreementTooLargeError,
    );
  });

  test('pointers', () => {
    expect(pointerOf(['a/b', 'c~d'])).toBe('/a~1b/c~0d');
    expect(pathOf('/a~1b/c~0d')).toEqual(['a/b', 'c~d']);
    expect(valueAt({ a: { b: 1 } }, ['a', 'b', 'c'])).toBeUndefined();
  });
});
