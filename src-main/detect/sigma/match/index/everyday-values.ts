import type { Literal } from './literal-index.ts';

/**
 * Values that the logs of any Windows host are full of, folded: the system's own programs, folders, accounts and
 * registry keys. A rule that could be found by one of them and by something rarer is better found by the other;
 * with these, process creations wake half as many rules.
 */
const EVERYDAY_VALUES: readonly string[] = [
  'c:\\windows\\system32\\cmd.exe',
  'c:\\windows\\syswow64\\cmd.exe',
  'cmd.exe',
  'c:\\windows\\system32\\windowspowershell\\v1.0\\powershell.exe',
  'powershell.exe',
  'c:\\windows\\system32\\svchost.exe',
  'c:\\windows\\system32\\rundll32.exe',
  'rundll32.exe',
  'c:\\windows\\system32\\services.exe',
  'c:\\windows\\system32\\lsass.exe',
  'c:\\windows\\system32\\net.exe',
  'c:\\windows\\system32\\wbem\\wmiprvse.exe',
  '\\??\\c:\\windows\\system32\\conhost.exe 0xffffffff -forcev1',
  'c:\\windows\\explorer.exe',
  'c:\\windows\\tasks\\',
  'c:\\program files\\',
  'c:\\program files (x86)\\',
  'c:\\users\\public\\appdata\\local\\temp\\',
  'microsoft corporation',
  'microsoft® windows® operating system',
  'nt authority\\system',
  '0x3e7',
  'security',
  'key',
  'true',
  'createkey',
  'dword (0x00000000)',
  'dword (0x00000001)',
  'binary data',
  'hklm\\software\\microsoft\\windows\\currentversion\\',
  'hklm\\software\\microsoft\\windows nt\\currentversion\\',
  'hklm\\system\\currentcontrolset\\services\\',
  'hklm\\system\\controlset001\\',
  '\\registry\\machine\\system\\currentcontrolset\\',
];

/** True for a literal that one of the everyday values shows. */
export function isEveryday({ mode, text }: Literal): boolean {
  switch (mode) {
    case 'equals':
      return EVERYDAY_VALUES.includes(text);
    case 'startswith':
      return EVERYDAY_VALUES.some((value) => value.startsWith(text));
    case 'endswith':
      return EVERYDAY_VALUES.some((value) => value.endsWith(text));
    case 'contains':
      return EVERYDAY_VALUES.some((value) => value.includes(text));
  }
}
