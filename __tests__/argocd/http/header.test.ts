import { describe, expect, test } from '@jest/globals';
import { header } from '../../../src/argocd/http/header.ts';

describe('a header', () => {
  const rawHeaders = ['Content-Type', 'application/json', 'X-Type', 'a', 'x-type', 'b', 'Empty', ''];

  test.each([
    ['content-type', 'application/json'],
    ['x-type', 'a'],
    ['empty', ''],
    ['retry-after', ''],
    ['application/json', ''],
  ])('%s is %j', (name, value) => {
    expect(header({ rawHeaders }, name)).toBe(value);
  });
});
