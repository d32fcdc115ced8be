/** The part of GitHub's toolkit that is used: a module of its own, so that it is loaded only where it is needed. */
export { getOctokit } from '@actions/github';
