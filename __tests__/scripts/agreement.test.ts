import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type ActionMetadata, parseAction } from '../../scripts/action-metadata.ts';
import { checkAgreement, inputsRead } from '../../scripts/agreement.ts';
import { withTables } from '../../scripts/tables.ts';

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const action = parseAction(read('action.yml'));

describe('action.yml, the loader and the README agree', () => {
  test('every input is read, every output is written, everything is described', () => {
    expect(checkAgreement(action)).toEqual([]);
    expect(action.inputs).toHaveLength(inputsRead().size);
  });

  test('the tables are up to date', () => {
    expect(withTables(read('README.md'), action)).toBe(read('README.md'));
  });

  test('no default hides what was given', () => {
    expect(action.inputs.filter((entry) => entry.default !== '')).toEqual([]);
    expect(read('action.yml')).not.toMatch(/^ {4}(?:default|required):/m);
  });
});

test('the second action and its page agree too', () => {
  const bidirectional = parseAction(read('bidirectional/action.yml'));
  expect(checkAgreement(bidirectional, 'bidirectional')).toEqual([]);
  expect(bidirectional.main).toBe('../dist/bidirectional/index.cjs');
  expect(withTables(read('docs/bidirectional.md'), bidirectional)).toBe(read('docs/bidirectional.md'));
  expect(read('bidirectional/action.yml')).not.toMatch(/^ {4}(?:default|required):/m);
});

test('differences are named', () => {
  const entry = (name: string, description = 'x') => ({ name, description, default: '', group: '' });
  const broken: ActionMetadata = {
    inputs: [...action.inputs.slice(1), entry('colour'), entry('shape', '')],
    outputs: [...action.outputs.slice(1), entry('weight')],
    using: 'node20',
    main: '',
  };
  expect(checkAgreement(broken)).toEqual([
    'action.yml declares the input colour, which nobody reads',
    'action.yml declares the input shape, which nobody reads',
    'the input command is read, but action.yml does not declare it',
    'action.yml declares the output weight, which nobody writes',
    'the output result is written, but action.yml does not declare it',
    'shape has no description in action.yml',
    'action.yml runs on node20, not node24',
  ]);
});

describe('tables', () => {
  const README = 'a\n<!-- inputs:start -->\nold\n<!-- inputs:end -->\nb\n<!-- outputs:start --><!-- outputs:end -->\nc';
  const sample = parseAction(
    "inputs:\n  # First\n  a:\n    description: 'Does | this. Default: `1`.'\n  # Second\n  b:\n    description: Or that.\noutputs:\n  o:\n    description: Out.\nruns:\n  using: node24\n",
  );

  test('stand between the markers, in groups, with defaults apart; twice is once', () => {
    const once = withTables(README, sample);
    expect(once).toContain(
      '**First**\n\n| input | meaning | default |\n| --- | --- | --- |\n| `a` | Does \\| this. | `1` |',
    );
    expect(once).toContain('**Second**\n\n| input | meaning | default |\n| --- | --- | --- |\n| `b` | Or that. |  |');
    expect(once).toContain('| `o` | Out. |');
    expect(once).not.toContain('old');
    expect(withTables(once, sample)).toBe(once);
  });

  test('need their markers', () => {
    expect(() => withTables('nothing', sample)).toThrow(
      'README.md lacks <!-- inputs:start --> and <!-- inputs:end -->',
    );
  });
});
