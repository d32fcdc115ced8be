import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Reading } from './reading.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;
const FORM = 'Give the content in PEM form, with its BEGIN and END lines and its line breaks.';

/** PEM certificates of an input, one or more; `''` when not given or not usable. */
export const readCertificates = (reading: Reading, name: string): string => {
  const text = reading.text(name);
  if (text === undefined) return '';
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    reading.secret(text);
    reading.problem(
      name,
      undefined,
      'holds a private key',
      'Give certificates here; a private key belongs in client-key.',
    );
    return '';
  }
  const blocks = text.match(CERTIFICATE) ?? [];
  if (blocks.length === 0) {
    reading.problem(name, undefined, 'is no PEM certificate', shapeHint(text, 'CERTIFICATE'));
    return '';
  }
  for (const [index, block] of blocks.entries()) {
    if (certificate(block) === undefined) {
      const which = blocks.length === 1 ? 'its certificate' : `certificate ${index + 1} of ${blocks.length}`;
      reading.problem(name, undefined, `${which} cannot be read`, shapeHint(text, 'CERTIFICATE'));
      return '';
    }
  }
  return `${blocks.join('\n')}\n`;
};

/** A PEM private key without a passphrase; `''` when not given or not usable. Always a secret. */
export const readPrivateKey = (reading: Reading, name: string): string => {
  const text = reading.text(name);
  if (text === undefined) return '';
  reading.secret(text);
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    reading.problem(name, undefined, 'is no PEM private key', shapeHint(text, 'PRIVATE KEY'));
    return '';
  }
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(text)) {
    reading.problem(
      name,
      undefined,
      'is protected by a passphrase',
      'Give the key without one: openssl pkey -in key.pem.',
    );
    return '';
  }
  if (privateKey(text) === undefined) {
    reading.problem(name, undefined, 'cannot be read', shapeHint(text, 'PRIVATE KEY'));
    return '';
  }
  return `${text}\n`;
};

/** Whether the (first) certificate was made for this key. Both must have been read without a problem. */
export const belongTogether = (certificatePem: string, keyPem: string): boolean => {
  const parsed = certificate(certificatePem);
  const key = privateKey(keyPem);
  return parsed !== undefined && key !== undefined && parsed.checkPrivateKey(key);
};

const certificate = (pem: string): X509Certificate | undefined => {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
};

const privateKey = (pem: string): KeyObject | undefined => {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
};

/** The two usual accidents: line breaks written as `\n`, and base64 around the PEM. */
const shapeHint = (text: string, label: string): string => {
  if (text.includes('\\n')) return 'Its line breaks are written as \\n: give real line breaks.';
  if (/^[A-Za-z0-9+/=\s]+$/.test(text) && Buffer.from(text, 'base64').toString('latin1').includes(label)) {
    return 'It is base64 of a PEM text: decode it first (base64 -d).';
  }
  return FORM;
};
