import { describe, expect, test } from '@jest/globals';
import { parseLabelSelector } from '../../../sandbox/kubernetes/label-selector.ts';

const LABELS = { team: 'blue', tier: 'web', count: '7', 'example.com/part': 'api', in: 'yes' };

describe('label selectors beyond the recorded ones', () => {
  test.each([
    ['', true],
    ['team in (blue, red)', true],
    ['team in(red)', false],
    ['team notin (red),tier', true],
    ['missing notin (x)', true],
    ['missing!=x', true],
    ['missing=', false],
    ['!missing , team', true],
    ['example.com/part=api', true],
    ['count>6,count<8', true],
    ['count>7', false],
    ['team<5', false],
    ['in in (yes)', true],
    ['team in (,blue)', true],
    ['team in (red,)', false],
    ['constructor', false],
    ['toString!=x', true],
  ])('%p selects: %p', (selector, expected) => {
    expect(parseLabelSelector(selector)(LABELS)).toBe(expected);
  });

  test.each([
    ['team,', "found '', expected: identifier after ','"],
    ['team=blue,,tier', "found ',', expected: identifier after ','"],
    ['!', "unable to parse requirement: found '', expected: identifier"],
    ['team in blue', "unable to parse requirement: found 'blue' expected: '('"],
    ['team in (=)', "unable to parse requirement: found '=', expected: ',', ')' or identifier"],
    ['team=(x)', "unable to parse requirement: found '(', expected: identifier"],
    ['count>x', expect.stringContaining("for 'Gt', 'Lt' operators, the value must be an integer")],
    ['team=a@b', expect.stringContaining('a valid label must be an empty string or consist of')],
    ['-a=b', expect.stringContaining('name part must consist of')],
  ])('%p is refused', (selector, message) => {
    expect(() => parseLabelSelector(selector)).toThrow(expect.objectContaining({ message }));
  });
});
