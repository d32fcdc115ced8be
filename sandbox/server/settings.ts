import { sendValue } from './answers.ts';
import type { OpenCall } from './call.ts';

/** `GET /api/version`: the version for anybody, how it was built for who is logged in. */
export function getVersion({ server, caller, reply }: OpenCall): void {
  const { version } = server;
  if (caller.kind !== 'account') {
    sendValue(reply, { Version: version });
    return;
  }
  sendValue(reply, {
    Version: version,
    BuildDate: '2026-08-12T11:24:40Z',
    GitCommit: '109ca7ca71139e514114499d294a492e7910a965',
    GitTag: version,
    GitTreeState: 'clean',
    GoVersion: 'go1.26.10',
    Compiler: 'gc',
    Platform: 'linux/amd64',
    KustomizeVersion: '(devel) unknown',
    HelmVersion: 'could not get helm version: exec: "helm": executable file not found in $PATH',
    JsonnetVersion: 'v0.20.0',
  });
}

/** `GET /api/v1/settings`: some of them for anybody, the rest for who is logged in. */
export function getSettings({ server, caller, reply }: OpenCall): void {
  const known = caller.kind === 'account';
  sendValue(reply, {
    url: server.url,
    appLabelKey: 'app.kubernetes.io/instance',
    ...(known ? { resourceOverrides: {} } : {}),
    googleAnalytics: { anonymizeUsers: true },
    kustomizeOptions: { BuildOptions: '', BinaryPath: '', Versions: null },
    help: {},
    ...(known ? { passwordPattern: '^.{8,32}$' } : {}),
    trackingMethod: 'annotation',
    ...(known ? { controllerNamespace: server.namespace } : {}),
    appsInAnyNamespaceEnabled: true,
    syncWithReplaceAllowed: true,
  });
}
