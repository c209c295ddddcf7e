import { expect, it } from 'vitest';
import { namePieces } from './name-pieces.ts';

it.each([
  ['PowerShell Profile', ['PowerShell ', 'Profile']],
  ['Deobfuscate/Decode Files', ['Deobfuscate/', 'Decode ', 'Files']],
  ['SyncAppvPublishingServer', ['Sync', 'Appv', 'Publishing', 'Server']],
  ['Adversary-in-the-Middle', ['Adversary-', 'in-', 'the-', 'Middle']],
  ['Multi-Factor', ['Multi-Factor']],
  ['', ['']],
])('%j', (name, pieces) => {
  expect(namePieces(name)).toEqual(pieces);
  expect(namePieces(name).join('')).toBe(name);
});
