/** TLS as a kubeconfig asks for it. */
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { ApiError } from './api.ts';

/** PEM texts; compared by identity, so make a new one only when a text has changed. */
export interface PemTexts {
  readonly certificateAuthority: string | undefined;
  readonly clientCertificate: string | undefined;
  readonly clientKey: string | undefined;
}

export interface TlsSettings {
  readonly secureContext: SecureContext;
  readonly rejectUnauthorized: boolean;
  readonly servername?: string;
}

/** Throws ApiError when a certificate or key cannot be used; its message never holds them. */
export function tlsSettings(
  pem: PemTexts,
  cluster: { readonly skipTlsVerify: boolean; readonly tlsServerName: string | undefined },
): TlsSettings {
  return {
    secureContext: secureContext(pem),
    // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot turn the check off.
    rejectUnauthorized: !cluster.skipTlsVerify,
    ...(cluster.tlsServerName === undefined ? {} : { servername: cluster.tlsServerName }),
  };
}

function secureContext(pem: PemTexts): SecureContext {
  const ca = pem.certificateAuthority ?? systemAuthorities();
  const roots = attempt(
    () => createSecureContext({ ca }),
    'its certificate authority is not a PEM certificate',
  );
  if (pem.clientCertificate === undefined || pem.clientKey === undefined) return roots;
  const { clientCertificate: cert, clientKey: key } = pem;
  return attempt(
    () => createSecureContext({ ca, cert, key }),
    'its client certificate and key cannot be used together; are both PEM, and do they belong to each other?',
  );
}

/** Without a CA in the kubeconfig kubectl trusts what the operating system trusts. Node alone would not. */
function systemAuthorities(): string[] {
  return [...getCACertificates('default'), ...getCACertificates('system')];
}

function attempt<T>(make: () => T, failure: string): T {
  try {
    return make();
  } catch {
    // OpenSSL's own words say nothing more, and are left out lest they quote the text.
    throw new ApiError('credentials', failure);
  }
}
