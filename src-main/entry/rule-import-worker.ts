import { parentPort } from 'node:worker_threads';
import { hostRuleImport } from '../core/rule-import/host.ts';

if (parentPort === null) throw new Error('rule-import-worker runs as a worker thread only.');
hostRuleImport(parentPort);
