/** TLS as a kubeconfig asks for it. */
import { X509Certificate } from 'node:crypto';
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
    secureContext: secureContext(pem, cluster.skipTlsVerify ? [] : trusted(pem)),
    // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot turn the check off.
    rejectUnauthorized: !cluster.skipTlsVerify,
    ...(cluster.tlsServerName === undefined ? {} : { servername: cluster.tlsServerName }),
  };
}

/**
 * For the connection to an https proxy. Go trusts the cluster's authority there as well, and checks as little as for
 * the cluster itself; a client certificate is for the cluster alone.
 */
export function proxyTlsSettings(
  { certificateAuthority }: PemTexts,
  { skipTlsVerify }: { readonly skipTlsVerify: boolean },
): TlsSettings {
  const own = certificateAuthority === undefined ? [] : [certificateAuthority];
  return {
    secureContext: createSecureContext({ ca: [...systemAuthorities(), ...own] }),
    rejectUnauthorized: !skipTlsVerify,
  };
}

function trusted({ certificateAuthority }: PemTexts): string[] {
  if (certificateAuthority === undefined) return systemAuthorities();
  // createSecureContext takes any text for an authority, and would then trust nobody.
  attempt(
    () => new X509Certificate(certificateAuthority),
    'the certificate authority',
    'is not a PEM certificate',
  );
  return [certificateAuthority];
}

function secureContext({ clientCertificate, clientKey }: PemTexts, ca: string[]): SecureContext {
  if (clientCertificate === undefined || clientKey === undefined) return createSecureContext({ ca });
  return attempt(
    () => createSecureContext({ ca, cert: clientCertificate, key: clientKey }),
    'the client certificate and key',
    'cannot be used together; are both PEM, and do they belong to each other?',
  );
}

/** Without a CA in the kubeconfig kubectl trusts what the operating system trusts. Node alone would not. */
function systemAuthorities(): string[] {
  return [...getCACertificates('default'), ...getCACertificates('system')];
}

function attempt<T>(make: () => T, what: string, how: string): T {
  try {
    return make();
  } catch {
    // OpenSSL's own words say no more, and are left out lest they quote the text.
    throw new ApiError('credentials', `${what} of the kubeconfig ${how}`);
  }
}
