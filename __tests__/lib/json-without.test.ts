import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ANYWHERE, textWithout, type Without } from '../../src/lib/json-without.ts';

const parsed = (text: string, without: Without): unknown => JSON.parse(textWithout(Buffer.from(text), without));

/** The same, by way of the values. */
const expected = (value: unknown, without: Without): unknown => {
  if (Array.isArray(value)) return value.map((item) => expected(item, without));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inside]) => {
      const member = Object.hasOwn(without, name) ? without[name] : undefined;
      if (member === undefined) return [name, inside];
      return [name, member === true ? null : expected(inside, member)];
    }),
  );
};

/** JSON in which the first array of this name is null. */
const textWithoutFirst = (json: unknown, name: string): string => {
  let found = false;
  const write = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const members = Object.entries(value).map(([key, inside]) => {
      const goes = !found && key === name && Array.isArray(inside);
      found ||= goes;
      return `${JSON.stringify(key)}:${goes ? 'null' : write(inside)}`;
    });
    return `{${members.join(',')}}`;
  };
  return write(json);
};

describe('JSON without what is not needed', () => {
  test('leaves out members by their place', () => {
    const text = '{"a": {"b": [1, {"c": "x"}], "c": 2}, "b": {"deep": ["}"]}, "c" : true}';
    expect(parsed(text, { a: { c: true }, b: true })).toEqual({ a: { b: [1, { c: 'x' }], c: null }, b: null, c: true });
  });

  test('looks through arrays, at the top as well', () => {
    const text = '[{"a":1000,"b":[{"a":2000},[{"a":3000}],4]},{"a":"\\""}]';
    expect(parsed(text, { a: true, b: { a: true } })).toEqual([
      { a: null, b: [{ a: null }, [{ a: null }], 4] },
      { a: null },
    ]);
  });

  test('knows the end of a string with quotes, backslashes and letters of several bytes in it', () => {
    const value = { a: '\\', b: '\\"', c: '"}],', d: 'ä€😀\u2028', e: { a: '\\\\"' } };
    const text = JSON.stringify(value);
    expect(parsed(text, { a: true, e: { a: true } })).toEqual({ ...value, a: null, e: { a: null } });
    expect(parsed(text, { d: true, c: true })).toEqual({ ...value, c: null, d: null });
  });

  test('knows the end of long strings', () => {
    for (const end of ['', '\\', '"', '\\"', '"\\', '\\\\', '\\\\"', 'ä', '\n']) {
      for (let length = 55; length < 70; length += 1) {
        const value = { a: `${'x'.repeat(length)}${end}`, b: end.repeat(50), c: 1 };
        expect(parsed(JSON.stringify(value), { b: true })).toEqual({ ...value, b: null });
        expect(parsed(JSON.stringify(value), { a: true })).toEqual({ ...value, a: null });
      }
    }
  });

  test('does not take names of an object prototype for members', () => {
    const text = '{"constructor":{"name":1},"__proto__":2,"toString":3}';
    expect(textWithout(Buffer.from(text), { a: true })).toBe(text);
  });

  test.each([
    '',
    '{',
    '{"a"',
    '{"a":',
    '{"a":"',
    '{"a":"x\\',
    '{"a":{"b":[1,2',
    '{"a" 1}',
    '{a:1}',
    '[{"a":1} {"a":2}]',
  ])('gives what is no JSON back as it is: %s', (text) => {
    expect(textWithout(Buffer.from(text), { a: { b: true }, b: true })).toBe(text);
  });

  test('does the same as parsing everything and leaving it out then', () => {
    // Not both '"' and '\\': JSON.parse of Node.js 24.21 takes the one for the other where it has seen objects with either.
    const name = fc.constantFrom('a', 'b', 'c', 'ä', '"', 'x'.repeat(70), 'toString');
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.constantFrom(null, true, false, 0, -1.5e-7, '', '\\"', '}{][,:', 'é\u0000'),
        fc.string({ unit: 'binary' }),
        fc.array(fc.constantFrom('x', '\\', '"'), { minLength: 60, maxLength: 140 }).map((parts) => parts.join('')),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(name, tie('value'), { maxKeys: 4 }),
      ),
    }));
    const tree = { a: true, b: { a: true, c: { b: true } }, c: { a: { a: true } } } as const;
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
        const text = JSON.stringify(json, undefined, indent);
        expect(parsed(text, tree)).toEqual(JSON.parse(JSON.stringify(expected(json, tree))));
      }),
    );
  });

  describe('and an array that is wanted nowhere', () => {
    const spec = { [ANYWHERE]: 'bulk', a: true } as const;
    const cut = (text: string): string => textWithout(Buffer.from(text), spec);

    test('cuts only that out of a small text, wherever it stands', () => {
      expect(cut('{"a":1,"c":{"bulk":[{"x":"]"}],"d":2}}')).toBe('{"a":1,"c":{"bulk":null,"d":2}}');
      expect(cut('{"a":1,"c":2}')).toBe('{"a":1,"c":2}');
      expect(cut('{"bulk":{"a":[]},"c":2}')).toBe('{"bulk":{"a":[]},"c":2}');
    });

    test.each([
      ['with another array in it', '[1,[2],"d"]'],
      ['with brackets in a text', '["[",1,"]"]'],
      ['with a text that looks like its end', '["],",1]'],
      ['with a text that looks like the next member', '["],\\"name\\":",1]'],
      ['with letters of several bytes', '["é\u2028"]'],
      ['that is empty', '[]'],
    ])('finds the end of one %s', (_, array) => {
      expect(cut(`{"bulk":${array},"name":"ä"}`)).toBe('{"bulk":null,"name":"ä"}');
      expect(cut(`{"bulk":${array}}`)).toBe('{"bulk":null}');
      expect(cut(`{"bulk":${array} , "name":1}`)).toBe('{"bulk":null , "name":1}');
      expect(cut(`{"bulk":${array},"":[1]}`)).toBe('{"bulk":null,"":[1]}');
    });

    test('cuts what is named by its place out of a large one', () => {
      const rest = { bulk: ['x'], c: 'y'.repeat(9_000) };
      expect(JSON.parse(cut(JSON.stringify({ a: 1, ...rest })))).toEqual({ a: null, ...rest });
    });

    test.each([
      '{"a":"bulk\\":[","c":[1]}',
      '{"a":"\\"bulk\\":[1]","c":1}',
      '{"x\\"bulk":[1],"c":1}',
      '{"c":1,"bulk":[1,',
      '"bulk":[1]',
    ])('leaves what only looks like it: %s', (text) => {
      expect(cut(text)).toBe(text);
    });

    test('does the same as writing the values without it', () => {
      const name = fc.constantFrom('bulk', 'a', '"', '\\', 'bulk"', '"bulk', '\\"bulk', 'ä', '"bulk":[', '],a');
      const { value } = fc.letrec<{ value: unknown }>((tie) => ({
        value: fc.oneof(
          { depthSize: 'medium' },
          fc.constantFrom(null, true, 0, '', '\\"', '"bulk":[', '\\"bulk":[', '[]', 'é', ']', '],', '],"a'),
          fc.array(tie('value'), { maxLength: 4 }),
          fc.dictionary(name, tie('value'), { maxKeys: 4 }),
        ),
      }));
      fc.assert(
        fc.property(value, (json) => {
          const text = JSON.stringify(json);
          // A longer name with a quote in it hides what stands behind it; that is only slower.
          const hidden = text.includes('\\"bulk":[');
          const allowed = hidden ? [text, textWithoutFirst(json, 'bulk')] : [textWithoutFirst(json, 'bulk')];
          expect(allowed).toContain(cut(text));
        }),
        { numRuns: 500 },
      );
    });
  });
});
