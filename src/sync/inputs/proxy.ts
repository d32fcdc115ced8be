import type { Reading } from './reading.ts';
import type { ConnectionInputs } from './types.ts';

/** The proxy variables, upper case before lower case. A proxy without a scheme is an http one. Passwords in them are secrets. */
export const readProxy = (reading: Reading): ConnectionInputs['proxy'] => ({
  https: readProxyUrl(reading, 'HTTPS_PROXY'),
  http: readProxyUrl(reading, 'HTTP_PROXY'),
  no: either(reading, 'NO_PROXY')?.value ?? '',
});

const either = (reading: Reading, name: string): { readonly name: string; readonly value: string } | undefined => {
  for (const candidate of [name, name.toLowerCase()]) {
    const value = reading.variable(candidate);
    if (value !== undefined) return { name: candidate, value };
  }
  return undefined;
};

const readProxyUrl = (reading: Reading, variable: string): string => {
  const found = either(reading, variable);
  if (found === undefined) return '';
  const text = found.value.includes('://') ? found.value : `http://${found.value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    // Not shown: it may hold a password in a place where nobody can find it.
    reading.problem(
      found.name,
      undefined,
      'is no proxy that can be used',
      'Set it to http://host:port or https://host:port, or unset it.',
    );
    return '';
  }
  if (url.password !== '') {
    reading.secret(url.password);
    reading.secret(decodePart(url.password));
  }
  return text;
};

const decodePart = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
