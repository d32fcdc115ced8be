import { describe, expect, test } from '@jest/globals';
import { bypassesProxy } from '../../src/lib/no-proxy.ts';

describe('bypassesProxy', () => {
  test.each([
    ['https://argocd.example.com', '', false],
    ['https://argocd.example.com', '*', true],
    ['https://argocd.example.com', 'example.com', true],
    ['https://example.com', 'example.com', true],
    ['https://badexample.com', 'example.com', false],
    ['https://argocd.example.com', '.example.com', true],
    ['https://example.com', '.example.com', false],
    ['https://argocd.example.com', '*.example.com', true],
    ['https://ARGOCD.example.com', 'localhost, Argocd.Example.com', true],
    ['https://argocd.example.com', 'example.com:443', true],
    ['https://argocd.example.com:8443', 'example.com:443', false],
    ['http://argocd.example.com', 'example.com:80', true],
    ['https://10.96.0.1', '10.0.0.0/8', true],
    ['https://11.96.0.1', '10.0.0.0/8', false],
    ['https://10.96.0.1', '10.96.0.1', true],
    ['https://10.96.0.1:6443', '10.96.0.1:6443', true],
    ['https://10.96.0.1', '0.1', false],
    ['https://10.96.0.1', '10.0.0.0/x', false],
    ['https://[fd00::1]:6443', 'fd00::/8', true],
    ['https://[fd00::1]:6443', '[fd00::1]:6443', true],
    ['https://[fd00::1]', '10.0.0.0/8', false],
  ])('%s with NO_PROXY=%s: %s', (url, noProxy, expected) => {
    expect(bypassesProxy(new URL(url), noProxy)).toBe(expected);
  });
});
