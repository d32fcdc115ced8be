import type { Routes } from './call.ts';
import { COMMENT_ROUTES } from './routes/comments.ts';
import { DEPLOYMENT_ROUTES } from './routes/deployments.ts';
import { HOOK_ROUTES } from './routes/hooks.ts';
import { PULL_ROUTES } from './routes/pulls.ts';
import { REPOSITORY_ROUTES } from './routes/repositories.ts';

/** Every operation that is answered. A further one: describe it (`scripts/github-openapi.ts`), add its route. */
export const ROUTES: Routes = {
  ...REPOSITORY_ROUTES,
  ...PULL_ROUTES,
  ...COMMENT_ROUTES,
  ...DEPLOYMENT_ROUTES,
  ...HOOK_ROUTES,
};
