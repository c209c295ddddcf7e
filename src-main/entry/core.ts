import { hostCore, type ShellPort } from '../core/shell-host.ts';

// In the desktop app this file runs in a utility process, where Electron adds `parentPort` to `process`.
hostCore((process as NodeJS.Process & { parentPort: ShellPort }).parentPort);
