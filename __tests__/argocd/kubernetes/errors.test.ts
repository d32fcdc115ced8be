import { describe, expect, test } from '@jest/globals';
import { kubernetesMeaning } from '../../../src/argocd/kubernetes/errors.ts';

const call = { action: 'try to create it', method: 'POST', path: '/apis/argoproj.io/v1alpha1' } as const;
const meaning = (status: number, message: string, causes: readonly { field?: string }[] = []) =>
  kubernetesMeaning({ call, status, message, body: { kind: 'Status', message, details: { causes } } });

describe('an object that is not valid is told with the fields that the API server names', () => {
  test.each<[string, number, string, readonly { field?: string }[], readonly string[]]>([
    [
      'by its schema',
      422,
      'Application.argoproj.io "web" is invalid: spec.project: Invalid value: "integer": spec.project in body must be of type string: "integer"',
      [{ field: 'spec.project' }],
      ['spec.project'],
    ],
    ['as a whole', 422, 'Application.argoproj.io "web" is invalid: <nil>: Invalid value: ""', [{ field: '<nil>' }], []],
    [
      'when it is made and has unknown fields',
      400,
      'Application in version "v1alpha1" cannot be handled as a Application: strict decoding error: unknown field "spec.colour", duplicate field "kind"',
      [],
      ['spec.colour', 'kind'],
    ],
    [
      'when it is made and cannot be decoded',
      400,
      'Application in version "v1alpha1" cannot be handled as a Application: json: cannot unmarshal number into Go struct field',
      [],
      [],
    ],
    [
      'when a patch has unknown fields, and not by what it quotes',
      422,
      ' "" is invalid: patch: Invalid value: "{\\"a\\":\\"unknown field \\"b\\"\\"}": strict decoding error: unknown field "colour"',
      [{ field: 'patch' }],
      ['colour'],
    ],
  ])('%s', (_, status, message, causes, fields) => {
    expect(meaning(status, message, causes)?.invalidFields).toEqual(fields);
  });
});

test.each<[string, number, string, readonly { field?: string }[]]>([
  [
    'an admission webhook',
    422,
    'admission webhook "x.example.com" denied the request: no',
    [{ field: 'spec.project' }],
  ],
  [
    'a policy',
    422,
    `applications.argoproj.io "web" is forbidden: ValidatingAdmissionPolicy 'x' denied request: no`,
    [{}],
  ],
  ['a failed test of a patch', 422, 'the server rejected our request due to an error in our request', []],
  ['another bad request', 400, 'the namespace of the provided object does not match', []],
  ['a missing right', 403, 'applications.argoproj.io is forbidden', [{ field: 'spec' }]],
])('%s refuses for something else', (_, status, message, causes) => {
  expect(meaning(status, message, causes)?.invalidFields).toBeUndefined();
});
