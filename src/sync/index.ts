import { setFailed } from '@actions/core';
import { runAction } from '../lib/run-action.ts';
import { boundMemory } from './bound-memory.ts';
import { main } from './main.ts';

boundMemory();
runAction(main, setFailed);
