import type { ApiError, Lane } from './api.ts';
import type { KubeCluster } from './kubeconfig-entries.ts';
import { type LaneProxy, type LaneTransport, openLane } from './lane.ts';
import { chooseProxy } from './proxy.ts';
import { type PemTexts, proxyTlsSettings, tlsSettings } from './tls.ts';

type LanePair = { readonly pem: PemTexts } & Readonly<Record<Lane, LaneTransport>>;

/** The two lanes of a connection. They are made when first needed, and anew when the certificates have changed. */
export class Lanes {
  readonly #cluster: KubeCluster;
  readonly #env: NodeJS.ProcessEnv;
  #current: LanePair | undefined;
  /** Lanes with old certificates on which requests, or watches, are still under way. */
  readonly #retired = new Set<LaneTransport>();
  #closed: ApiError | undefined;

  constructor(cluster: KubeCluster, env: NodeJS.ProcessEnv) {
    this.#cluster = cluster;
    this.#env = env;
  }

  /** The lane for `pem`; compares by identity. Throws ApiError for certificates or a proxy that cannot be used. */
  get(lane: Lane, pem: PemTexts): LaneTransport {
    if (this.#closed !== undefined) throw this.#closed;
    if (this.#current?.pem === pem) return this.#current[lane];
    const fresh = this.#open(pem);
    if (this.#current !== undefined) {
      this.#retire(this.#current.control);
      this.#retire(this.#current.bulk);
    }
    this.#current = fresh;
    return fresh[lane];
  }

  /** The lane as it was before certificates that cannot be used, where there is one. */
  last(lane: Lane): LaneTransport | undefined {
    return this.#current?.[lane];
  }

  /** Breaks every connection; the next request dials anew. Requests under way throw `reason`. */
  async drop(reason: ApiError): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    const all = [...this.#retired, ...(current === undefined ? [] : [current.control, current.bulk])];
    await Promise.all(all.map((each) => each.destroy(reason)));
  }

  /** As drop, and for good. */
  async close(reason: ApiError): Promise<void> {
    this.#closed = reason;
    await this.drop(reason);
  }

  #open(pem: PemTexts): LanePair {
    const server = new URL(this.#cluster.server);
    const target = {
      server,
      tls: server.protocol === 'https:' ? tlsSettings(pem, this.#cluster) : undefined,
      proxy: this.#proxy(server, pem),
    };
    return { pem, control: openLane(target), bulk: openLane(target) };
  }

  #proxy(server: URL, pem: PemTexts): LaneProxy | undefined {
    const url = chooseProxy(server, this.#cluster.proxyUrl, this.#env);
    if (url === undefined) return undefined;
    return { url, tls: url.protocol === 'https:' ? proxyTlsSettings(pem, this.#cluster) : undefined };
  }

  #retire(lane: LaneTransport): void {
    this.#retired.add(lane);
    void lane.pool.close().finally(() => this.#retired.delete(lane));
  }
}
