/**
 * A line that netfilter's LOG target writes (iptables-extensions(8), "LOG"): interfaces, then addresses. Each part
 * ends where its own characters do, so the search is linear in the line for every place where `IN=` stands.
 */
export const PACKET_FILTER_LINE = /\bIN=\S{0,32} OUT=\S{0,32} [^\n]{0,256}?\bSRC=\S+ DST=\S+/;
