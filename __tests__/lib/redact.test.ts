import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRedactor } from '../../src/lib/redact.ts';

const redactorOf = (...secrets: readonly string[]) => {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.register(secret);
  return redactor;
};

const SECRET = 'pässword & "more"?';

describe('the redactor', () => {
  test('leaves everything alone as long as it knows no secret', () => {
    expect(createRedactor().redact('text')).toBe('text');
  });

  test.each([
    ['itself', SECRET],
    ['base64', Buffer.from(SECRET).toString('base64')],
    ['base64url', Buffer.from(SECRET).toString('base64url')],
    ['URL-encoded', encodeURIComponent(SECRET)],
    ['URL-encoded in lower case', encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase())],
    ['form-encoded', encodeURIComponent(SECRET).replaceAll('%20', '+')],
    ['JSON', JSON.stringify(SECRET)],
  ])('hides a secret as %s', (_, form) => {
    const hidden = redactorOf(SECRET).redact(`before ${form} after`);
    expect(hidden).toMatch(/^before .{0,4}\*\*\*.{0,4} after$/);
    expect(hidden).not.toContain(form);
  });

  test.each(['u', 'us', 'user', 'user:'])('hides a password in basic authentication after %j', (before) => {
    const header = Buffer.from(`${before}:${'correct horse battery'}`).toString('base64');
    expect(redactorOf('correct horse battery').redact(`Basic ${header}`)).toMatch(/^Basic .{0,10}\*\*\*.{0,4}$/);
  });

  test('hides each line of a secret with lines, but not its short lines', () => {
    const key = '-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0B\nend\n-----END KEY-----';
    const redactor = redactorOf(key);
    expect(redactor.redact(`x MIIEvQIBADANBgkq y`)).toBe('x *** y');
    expect(redactor.redact('the end')).toBe('the end');
    expect(redactor.redact(`<${key}>`)).toBe('<***>');
  });

  test('hides secrets that overlap, whole', () => {
    expect(redactorOf('abcdef', 'defghi').redact('xabcdefghix')).toBe('x***x');
    expect(redactorOf('abcdef', 'abcdefghi').redact('abcdefghi')).toBe('***');
  });

  test('does not look for what is blank or very short', () => {
    expect(redactorOf('', '   ', 'a', 'demo').redact('a demo  of   it')).toBe('a demo  of   it');
  });

  test('takes a secret literally, whatever it consists of', () => {
    expect(redactorOf('a.c(*[x').redact('abc(*[x a.c(*[x')).toBe('abc(*[x ***');
  });

  test('leaves no secret behind', () => {
    const secret = fc
      .string({ unit: 'grapheme', minLength: 5, maxLength: 12 })
      .filter((text) => text.trim().length >= 5 && !text.includes('*'));
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 4 }),
        fc.array(fc.string(), { maxLength: 4 }),
        (secrets, texts) => {
          const text = secrets.flatMap((one, index) => [texts[index] ?? '', one]).join('');
          const hidden = redactorOf(...secrets).redact(text);
          for (const one of secrets) expect(hidden).not.toContain(one.trim());
        },
      ),
    );
  });
});
