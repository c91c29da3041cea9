const ask = async <T>(what: string): Promise<T> => (await fetch(`/support/collector/${what}`)).json() as Promise<T>;

/** The collector's HTTP origin. */
export const collectorOrigin = (): Promise<string> => ask("origin");

/** New ports of the collector's, that many of each kind. */
export const collectorPorts = (tcp: number, udp: number): Promise<{ tcp: number[]; udp: number[] }> =>
  ask(`ports?tcp=${tcp}&udp=${udp}`);

/** What has reached the collector: paths, `tcp:<port>` and `udp:<port>`. */
export const arrived = async (): Promise<Set<string>> => new Set(await ask<string[]>("arrived"));
