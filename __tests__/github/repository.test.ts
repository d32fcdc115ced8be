import { expect, test } from '@jest/globals';
import { repositoryAt } from '../../src/github/repository.ts';

const SHOP = { owner: 'acme', name: 'shop' };

test.each([
  'https://github.com/acme/shop',
  'https://github.com/acme/shop.git',
  'https://github.com/acme/shop/',
  'https://GitHub.com/acme/shop',
  'https://user:password@github.com/acme/shop.git',
  'https://www.github.com/acme/shop',
  'git@github.com:acme/shop.git',
  'ssh://git@github.com/acme/shop.git',
  'ssh://git@ssh.github.com:443/acme/shop.git',
])('%s is a repository of github.com', (address) => {
  expect(repositoryAt(address, 'https://github.com')).toEqual(SHOP);
});

test.each([
  'https://gitlab.com/acme/shop',
  'https://github.com.evil.example/acme/shop',
  'https://evil.example/github.com/acme/shop',
  'https://evil.example@github.com.evil.example/acme/shop',
  'https://github.com:8443/acme/shop',
  'https://github.com/acme',
  'https://github.com/acme/shop/tree/main',
  'https://github.com/acme/sh%2Fop',
  'oci://ghcr.io/acme/shop',
  'file:///acme/shop',
  '',
])('%s is none: the token is not for it', (address) => {
  expect(repositoryAt(address, 'https://github.com')).toBeUndefined();
});

test('an Enterprise Server has its own, with its port', () => {
  const at = (address: string, server: string) => repositoryAt(address, server);
  expect(at('https://ghe.example.com/acme/shop', 'https://ghe.example.com')).toEqual(SHOP);
  expect(at('https://ghe.example.com:8443/acme/shop', 'https://ghe.example.com:8443')).toEqual(SHOP);
  expect(at('https://github.com/acme/shop', 'https://ghe.example.com')).toBeUndefined();
  expect(at('https://github.com/acme/shop', 'nonsense')).toBeUndefined();
});
