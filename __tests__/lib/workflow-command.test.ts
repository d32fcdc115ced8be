import { describe, expect, test } from '@jest/globals';
import { defuse } from '../../src/lib/workflow-command.ts';

describe('a workflow command', () => {
  test.each([
    ['::error::x', ': :error::x'],
    [' \t\u00a0::error::x', ' \t\u00a0: :error::x'],
    ['\u001b[1m::error::x', '\u001b[1m: :error::x'],
    ['a\n::error::x', 'a\n: :error::x'],
    ['a ##[error]x ##[b]', 'a ## [error]x ## [b]'],
    ['###[error]', '### [error]'],
  ])('is broken up: %j', (text, expected) => {
    expect(defuse(text)).toBe(expected);
    expect(defuse(expected)).toBe(expected);
  });

  test.each(['std::vector', 'a: b', '#[x]', ''])('is not seen where there is none: %j', (text) => {
    expect(defuse(text)).toBe(text);
  });
});
