export interface ReceiverSetting {
  readonly protocol: 'udp' | 'tcp';
  readonly port: number;
}

/** The syslog receivers that are switched on, out of the effective configuration. */
export function readReceiverSettings(config: Readonly<Record<string, unknown>>): {
  readonly host: string;
  readonly receivers: readonly ReceiverSetting[];
} {
  const receivers = (['udp', 'tcp'] as const).flatMap((protocol) => {
    const port = config[`syslog_${protocol}_port`];
    return config[`syslog_${protocol}_enabled`] === true && typeof port === 'number'
      ? [{ protocol, port }]
      : [];
  });
  const bound = config.bind_addr;
  return { host: typeof bound === 'string' ? bound : '127.0.0.1', receivers };
}
