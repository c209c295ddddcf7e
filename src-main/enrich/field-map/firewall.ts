import type { FieldValue, Fields } from '#shared/model/event.ts';
import { PACKET_FILTER_LINE } from '../kit/packet-filter-line.ts';

/** What netfilter's LOG target writes (iptables-extensions(8), "LOG"), to the names of the firewall category. */
const NETFILTER_NAMES: Readonly<Record<string, string>> = {
  SRC: 'src_ip',
  DST: 'dst_ip',
  SPT: 'src_port',
  DPT: 'dst_port',
  PROTO: 'protocol',
  IN: 'in_interface',
  OUT: 'out_interface',
};

const PORT = /^\d{1,5}$/;

/** Names for a line of the Linux packet filter; null when the message is none. */
export function mapPacketFilterLine(message: string): Fields | null {
  if (!PACKET_FILTER_LINE.test(message)) return null;
  const mapped: Record<string, FieldValue> = {};
  for (const [, key = '', value = ''] of message.matchAll(/\b([A-Z]{2,5})=(\S*)/g)) {
    const name = Object.hasOwn(NETFILTER_NAMES, key) ? NETFILTER_NAMES[key] : undefined;
    // An ICMP error repeats the packet that it answers in brackets: the first pair is the line's own.
    if (name === undefined || value === '' || name in mapped) continue;
    mapped[name] = PORT.test(value) ? Number(value) : value;
  }
  return mapped;
}
