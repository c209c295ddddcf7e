import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { installPath } from '../../platform/install-path.ts';
import { electronBinary, whyNoWindow } from './desktop.ts';

/** How long Electron's own install step may take before the workstation starts without it. */
const INSTALL_LIMIT_MS = 60_000;

/** The shell's and the loader's word for "could not be run": a binary for another system, missing libraries. */
const CANNOT_RUN = new Set([126, 127]);

/**
 * Opens the workstation: in a window where Electron runs, otherwise in the browser, saying in one line why.
 * `given` is passed on. Returns the exit code.
 */
export async function launch(given: readonly string[]): Promise<number> {
  const window = await findWindow(given);
  if ('binary' in window) {
    const exitCode = await run(window.binary, [installPath(), ...given]);
    if (exitCode !== null && !CANNOT_RUN.has(exitCode)) return exitCode;
    say('No window: Electron could not be run here. The workstation is served to your browser instead.');
  } else {
    say(`No window: ${window.why}. The workstation is served to your browser instead.`);
  }
  return serve(given.filter((argument) => argument !== '--no-sandbox'));
}

async function findWindow(given: readonly string[]): Promise<{ binary: string } | { why: string }> {
  const why = whyNoWindow({
    platform: process.platform,
    environment: process.env,
    isRoot: process.getuid?.() === 0,
    arguments: given,
  });
  if (why !== null) return { why };
  const packageFile = electronPackage();
  if (packageFile === null) return { why: 'Electron is not installed' };
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const binary = electronBinary(packageFile, override) ?? (await install(packageFile));
  return binary === null ? { why: 'the Electron binary is not here and could not be fetched' } : { binary };
}

function electronPackage(): string | null {
  try {
    return createRequire(import.meta.url).resolve('electron/package.json');
  } catch {
    return null;
  }
}

/** Runs the install step of the electron package, once; not at all where there is no network or it is unwanted. */
async function install(packageFile: string): Promise<string | null> {
  const isUnwanted = process.env.ELECTRON_SKIP_BINARY_DOWNLOAD !== undefined;
  if (isUnwanted || !hasNetwork()) return null;
  say('Fetching Electron, once; this may take a minute.');
  const step = spawn(process.execPath, [join(dirname(packageFile), 'install.js')], {
    stdio: 'ignore',
    timeout: INSTALL_LIMIT_MS,
  });
  const exitCode = await exitOf(step);
  return exitCode === 0 ? electronBinary(packageFile, undefined) : null;
}

/** True when the machine has an address besides loopback; asks nobody. */
function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}

/** Serves the workstation without a window: the headless core, which prints its address and one-time sign-in link. */
async function serve(given: readonly string[]): Promise<number> {
  return (
    (await run(process.execPath, [installPath('src-main', 'entry', 'harrier.cjs'), 'serve', ...given])) ?? 1
  );
}

/**
 * Runs a program in this terminal until it ends; null when it could not be started. Signals go to the program:
 * it stops gracefully, and we end when it has.
 */
async function run(program: string, arguments_: readonly string[]): Promise<number | null> {
  // Set by some editors' terminals, this variable would make Electron start as plain Node, without a window.
  const environment = { ...process.env, ELECTRON_RUN_AS_NODE: undefined };
  const child = spawn(program, arguments_, { stdio: 'inherit', env: environment });
  const pass = (signal: NodeJS.Signals): void => {
    // A terminal sends Ctrl-C to the program itself; a second one would end it in the middle of its stop.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  process.on('SIGINT', pass);
  process.on('SIGTERM', pass);
  const exitCode = await exitOf(child);
  process.off('SIGINT', pass);
  process.off('SIGTERM', pass);
  return exitCode;
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', (exitCode) => resolve(exitCode ?? 1));
  });
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
