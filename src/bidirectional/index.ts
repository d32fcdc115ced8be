import { setFailed } from '@actions/core';
import { runAction } from '../lib/run-action.ts';
import { main } from './main.ts';

runAction(main, setFailed);
