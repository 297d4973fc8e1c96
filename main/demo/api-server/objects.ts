/** Kubernetes objects as the in-memory API server and the tests handle them: JSON with the metadata that counts. */

export interface ManagedFieldsEntry {
  readonly manager?: string;
  readonly operation: string;
  readonly apiVersion?: string;
  readonly time?: string;
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

/** ObjectMeta of meta/v1, and of ListMeta the two fields that lists have. */
export interface Metadata {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string | null;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly ManagedFieldsEntry[];
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: Metadata;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
  /** `data`, `rules`, `note` and whatever else a kind has beside spec and status. */
  readonly [field: string]: unknown;
}
