import type { Caller } from '../http/exchange.ts';
import { isObject } from '../state/json.ts';
import { timestamp } from '../state/store.ts';
import type { Draft } from '../types.ts';
import { isAdmin, isAllowed, userName } from './authorization.ts';

const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

/** The answer to a SelfSubjectAccessReview. */
export function accessReview(caller: Caller, body: Readonly<Draft>): Draft {
  const spec = isObject(body.spec) ? body.spec : {};
  const asked = isObject(spec.resourceAttributes) ? spec.resourceAttributes : undefined;
  const text = (key: string) => (typeof asked?.[key] === 'string' && asked[key] !== '' ? asked[key] : undefined);
  const namespace = text('namespace');
  const allowed =
    asked === undefined
      ? isAdmin(caller)
      : isAllowed(caller, {
          verb: text('verb') ?? '',
          group: text('group') ?? '',
          resource: text('resource') ?? '',
          namespace,
          name: text('name'),
          ...(text('subresource') === undefined ? {} : { subresource: text('subresource') ?? '' }),
        });
  const order = ['namespace', 'verb', 'group', 'version', 'resource', 'subresource', 'name'];
  const attributes = Object.fromEntries(order.flatMap((key) => (text(key) === undefined ? [] : [[key, text(key)]])));
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec: asked === undefined ? spec : { resourceAttributes: attributes },
    status: {
      allowed,
      ...(allowed && !isAdmin(caller) ? { reason: reasonFor(userName(caller), namespace) } : {}),
    },
  };
}

function reasonFor(user: string, namespace: string | undefined): string {
  const [, home, name] = SERVICE_ACCOUNT.exec(user) ?? [];
  const role = name ?? user;
  const subject = name === undefined ? `User "${user}"` : `ServiceAccount "${name}/${home}"`;
  return namespace === undefined
    ? `RBAC: allowed by ClusterRoleBinding "${role}" of ClusterRole "${role}" to ${subject}`
    : `RBAC: allowed by RoleBinding "${role}/${namespace}" of Role "${role}" to ${subject}`;
}

/** The answer to a SelfSubjectReview: who am I. */
export function selfReview(caller: Caller, now: Date): Draft {
  const user = userName(caller);
  const [, namespace] = SERVICE_ACCOUNT.exec(user) ?? [];
  const groups = [
    ...(namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`]),
    ...(isAdmin(caller) ? ['system:masters'] : []),
    'system:authenticated',
  ];
  return {
    kind: 'SelfSubjectReview',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { creationTimestamp: timestamp(now) },
    status: { userInfo: { username: user, groups } },
  };
}

/** The answer to a SelfSubjectRulesReview: what an account may do in one namespace. */
export function rulesReview(caller: Caller, body: Readonly<Draft>): Draft {
  const namespace = isObject(body.spec) && typeof body.spec.namespace === 'string' ? body.spec.namespace : '';
  const rules = caller.kind === 'account' ? (caller.account.rights.kubernetes ?? []) : [];
  return {
    kind: 'SelfSubjectRulesReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec: {},
    status: {
      resourceRules: [
        {
          verbs: ['create'],
          apiGroups: ['authorization.k8s.io'],
          resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
        },
        { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
        ...rules
          .filter(({ namespaces }) => namespaces.includes('*') || namespaces.includes(namespace))
          .map(({ verbs, resources, names }) => ({
            verbs,
            apiGroups: resources.every((name) => name === 'events' || name === 'namespaces') ? [''] : ['argoproj.io'],
            resources,
            ...(names === undefined ? {} : { resourceNames: names }),
          })),
      ],
      nonResourceRules: [
        { verbs: ['get'], nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/healthz', '/readyz', '/version'] },
      ],
      incomplete: false,
    },
  };
}
