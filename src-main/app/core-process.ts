import { app, utilityProcess } from 'electron';
import type { CoreProcess } from './core-supervisor.ts';

/** As `child-process-gone` and the system's process list show it. */
const SERVICE_NAME = 'Harrier core';

/**
 * Forks the core as a utility process: a process of its own with full Node, which dies and restarts without the
 * window. Its environment is passed without what would change how Node runs.
 */
export function forkCore(entry: string, onGone: (reason: string, exitCode: number) => void): CoreProcess {
  const child = utilityProcess.fork(entry, [], {
    serviceName: SERVICE_NAME,
    stdio: 'inherit',
    env: coreEnvironment(process.env),
  });
  // Only this event says why (killed, out of memory); the exit event says that it ended.
  const gone = (_event: unknown, details: { name?: string; reason: string; exitCode: number }): void => {
    if (details.name === SERVICE_NAME) onGone(details.reason, details.exitCode);
  };
  app.on('child-process-gone', gone);
  child.once('exit', () => app.off('child-process-gone', gone));
  return {
    send: (message) => child.postMessage(message),
    onMessage: (callback) => child.on('message', callback),
    onExit: (callback) => child.once('exit', callback),
    kill: () => child.kill(),
  };
}

/** The environment of the core: NODE_OPTIONS and the like could load foreign code into the process that holds the evidence. */
export function coreEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const entries = Object.entries(environment).filter(([name]) => !/^(NODE_|ELECTRON_)/i.test(name));
  return Object.fromEntries(entries);
}
