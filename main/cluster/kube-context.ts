import type { KubeCluster, KubeUser } from './kubeconfig-entries.ts';

/** What a context is made from. */
export interface KubeContextParts {
  readonly name: string;
  /** The kubeconfig file that the context is in. */
  readonly file: string;
  /** The files that the context, its cluster and its user are in, each once. */
  readonly files: readonly string[];
  readonly clusterName: string;
  readonly userName: string | undefined;
  readonly namespace: string | undefined;
  readonly isCurrent: boolean;
  readonly problem: string | undefined;
  readonly cluster: KubeCluster | undefined;
  readonly user: KubeUser | undefined;
}

/**
 * One context of the kubeconfig files. Its cluster and user hold keys and tokens: they are not enumerable, so
 * that a context can be logged or sent as JSON without them.
 */
export class KubeContext {
  /** File and name: the same name in two files is two contexts. */
  readonly key: string;
  readonly name: string;
  readonly file: string;
  /** Of the context, its cluster and its user: with several kubeconfig files each may be in another one. */
  readonly files: readonly string[];
  readonly clusterName: string;
  /** Absent for an anonymous context, which is legal. */
  readonly userName: string | undefined;
  /** The namespace that kubectl would use, where the context names one. */
  readonly namespace: string | undefined;
  /** The server's URL; empty where the cluster is not known. */
  readonly server: string;
  readonly isCurrent: boolean;
  /** Why the context cannot be used, in words with the remedy. */
  readonly problem: string | undefined;
  readonly #cluster: KubeCluster | undefined;
  readonly #user: KubeUser | undefined;

  constructor(parts: KubeContextParts) {
    this.key = `${parts.file}#${parts.name}`;
    this.name = parts.name;
    this.file = parts.file;
    this.files = parts.files;
    this.clusterName = parts.clusterName;
    this.userName = parts.userName;
    this.namespace = parts.namespace;
    this.server = parts.cluster?.server ?? '';
    this.isCurrent = parts.isCurrent;
    this.#cluster = parts.cluster;
    this.#user = parts.user;
    this.problem = parts.problem ?? userProblem(parts.name, parts.user);
  }

  get cluster(): KubeCluster | undefined {
    return this.#cluster;
  }

  get user(): KubeUser | undefined {
    return this.#user;
  }
}

const LEGACY_PROVIDER_REMEDIES: Readonly<Record<string, string>> = {
  gcp: 'use the exec plugin gke-gcloud-auth-plugin ("gcloud container clusters get-credentials" writes it)',
  azure: 'use the exec plugin kubelogin ("kubelogin convert-kubeconfig" writes it)',
};

function userProblem(contextName: string, user: KubeUser | undefined): string | undefined {
  const provider = user?.authProvider;
  if (provider !== undefined && provider.name !== 'oidc') {
    const remedy = LEGACY_PROVIDER_REMEDIES[provider.name] ?? 'use an exec plugin or a token';
    return `the user of the context "${contextName}" has the auth-provider "${provider.name}", which Kubernetes gave up: ${remedy}`;
  }
  if (user?.execPlugin?.interactiveMode === 'Always') {
    return `the credential plugin of the context "${contextName}" asks for a terminal (interactiveMode: Always), which NetKeeper cannot give it: log in with a token or a plugin that works without`;
  }
  return undefined;
}
