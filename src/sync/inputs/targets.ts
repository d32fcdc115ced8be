import type { Namespaces } from '../../argocd/client.ts';
import { MAX_APPLICATIONS } from '../../lib/limits.ts';
import { isLabelKey, isLabelValue, parseSelector } from '../../targets/label-selector.ts';
import { readApplicationSet } from './application-set.ts';
import { readApplications, readExclude } from './applications.ts';
import type { Reading } from './reading.ts';
import { readRegex } from './regex.ts';
import { readBoolean, readInteger } from './scalars.ts';
import { SELECTING } from './selecting.ts';
import { readShard } from './shard.ts';
import type { Inputs, TargetInputs } from './types.ts';

const SERVICE_LABEL = 'harness.io/serviceRef';
const ENVIRONMENT_LABEL = 'harness.io/envRef';

/** Contract 1.3. */
export const readTargets = (
  reading: Reading,
  command: Inputs['command'],
  namespaces: Namespaces | undefined,
): TargetInputs => {
  if (!SELECTING.some((name) => reading.given(name))) {
    reading.problem(
      'applications',
      undefined,
      'is missing, and so are application-regex, selector and application-set: nothing says which Applications are meant',
      'Give at least one of the four. For all Applications say applications: "*".',
    );
  }
  const { names, globs } = readApplications(reading);
  const maxApplications = readInteger(
    reading,
    'max-applications',
    { min: 1, max: MAX_APPLICATIONS, why: 'For more, run the step several times with narrower conditions.' },
    MAX_APPLICATIONS,
  );
  const shard = readShard(reading, 'shard');
  // A plan changes nothing: unless somebody set a limit, it may be about more than one step can sync.
  const enforceMax = command !== 'plan' || shard !== undefined || reading.given('max-applications');
  const allowed = maxApplications * (shard?.of ?? 1);
  if (enforceMax && names.length > allowed) {
    reading.problem(
      'applications',
      undefined,
      shard === undefined
        ? `names ${names.length} Applications, and max-applications allows ${maxApplications}`
        : `names ${names.length} Applications, and ${shard.of} shards of at most ${maxApplications} hold ${allowed}`,
      shard === undefined
        ? `Give at most ${maxApplications} names${maxApplications < MAX_APPLICATIONS ? ' or raise max-applications' : '; split the list over several steps, or over several jobs with shard'}.`
        : `Use more shards${maxApplications < MAX_APPLICATIONS ? ' or raise max-applications' : ''}.`,
    );
  }
  const service = readLabelValue(reading, 'service');
  const environment = readLabelValue(reading, 'environment');
  return {
    names,
    globs,
    regex: readRegex(reading, 'application-regex'),
    selector: readSelector(reading),
    project: reading.text('project') ?? '',
    cluster: reading.text('cluster') ?? '',
    destinationNamespace: reading.text('destination-namespace') ?? '',
    repository: reading.text('repository') ?? '',
    service,
    environment,
    serviceLabel: readLabelKey(reading, 'service', SERVICE_LABEL),
    environmentLabel: readLabelKey(reading, 'environment', ENVIRONMENT_LABEL),
    exclude: readExclude(reading),
    applicationSet: readApplicationSet(reading, 'application-set', namespaces),
    onlyOutOfSync: readBoolean(reading, 'only-out-of-sync', false),
    shard,
    maxApplications,
    enforceMax,
    allowEmpty: readBoolean(reading, 'allow-empty', false),
  };
};

const readSelector = (reading: Reading): string => {
  const text = reading.text('selector');
  if (text === undefined) return '';
  // A selector over several lines, as YAML block scalars give it, is one selector.
  const selector = text.replace(/\s*[\r\n]+\s*/g, ' ');
  const parsed = parseSelector(selector);
  if (parsed.kind === 'invalid') {
    reading.problem(
      'selector',
      selector,
      `is no label selector: ${parsed.problem} at character ${parsed.position}`,
      'Say for example team=payments,tier in (web, api),!legacy.',
    );
  }
  return selector;
};

const readLabelValue = (reading: Reading, name: string): string => {
  const value = reading.text(name);
  if (value === undefined) return '';
  if (!isLabelValue(value)) {
    reading.problem(
      name,
      value,
      'cannot be the value of a label, so no Application can have it',
      'Give up to 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit.',
    );
  }
  return value;
};

const readLabelKey = (reading: Reading, filter: 'service' | 'environment', fallback: string): string => {
  const name = `${filter}-label`;
  const key = reading.text(name);
  if (key === undefined) return fallback;
  if (!isLabelKey(key)) {
    reading.problem(
      name,
      key,
      'cannot be the name of a label',
      'Say name or prefix/name, for example example.com/service.',
    );
  } else if (!reading.given(filter)) {
    reading.problem(name, key, `has no effect without ${filter}`, `Give ${filter}, or leave ${name} out.`);
  }
  return key;
};
