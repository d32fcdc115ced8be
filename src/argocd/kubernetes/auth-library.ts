/** The part of the Kubernetes client that is used: a module of its own, so that it is loaded late and only this part is bundled. */
export { KubeConfig } from '@kubernetes/client-node';
