/** Failures below HTTP, in words for the person who has to mend them. */
import { ApiError, type ApiErrorCode } from './api.ts';

/** What an error of a socket, of TLS or of undici means. An ApiError stays as it is. */
export function toApiError(error: unknown, server: string): ApiError {
  if (error instanceof ApiError) return error;
  const code = errorCode(error);
  const [kind, words] = describe(code);
  return new ApiError(kind, `the server at ${server} ${words}`, { cause: error });
}

/**
 * Whether the other side closed the connection before it answered: what happens to a kept connection that a
 * server, a load balancer or a NAT gave up at the same moment.
 */
export function isClosedConnection(error: unknown): boolean {
  return ['UND_ERR_SOCKET', 'UND_ERR_INFO', 'ECONNRESET', 'EPIPE'].includes(errorCode(error));
}

/** The `code` of a system, OpenSSL or undici error, or the name of one that has none. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

const LOGIN_REMEDY = 'renew it, or log in anew';
const VPN_REMEDY = 'check the server in the kubeconfig, the network and the VPN';

function describe(code: string): readonly [ApiErrorCode, string] {
  if (/^ERR_SSL_.*_ALERT_.*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/.test(code)) {
    return ['credentials', `did not accept the client certificate (${code}); ${LOGIN_REMEDY}`];
  }
  return ['unreachable', describeUnreachable(code)];
}

function describeUnreachable(code: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refused the connection; is it running, and is the port right?';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `has a name that cannot be resolved; ${VPN_REMEDY}`;
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'ENETDOWN':
      return `cannot be reached, there is no route; ${VPN_REMEDY}`;
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return `does not answer; ${VPN_REMEDY}`;
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_INFO':
      return 'closed the connection';
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return 'does not speak TLS; is it http:// instead of https://, or is a proxy in between?';
    default:
      return describeCertificate(code) ?? describeHttp(code);
  }
}

/** Node's names for OpenSSL's reasons: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
function describeCertificate(code: string): string | undefined {
  switch (code) {
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'CERT_UNTRUSTED':
    case 'CERT_SIGNATURE_FAILURE':
    case 'INVALID_CA':
      return 'has a certificate signed by an unknown authority; is certificate-authority-data in the kubeconfig that of this cluster?';
    case 'CERT_HAS_EXPIRED':
      return "has a certificate that has expired; renew it on the server, or correct this machine's clock";
    case 'CERT_NOT_YET_VALID':
      return "has a certificate that is not valid yet; is this machine's clock right?";
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return 'has a certificate for another host name; correct the server in the kubeconfig, or set tls-server-name';
    default:
      return undefined;
  }
}

function describeHttp(code: string): string {
  if (code === 'HTTPParserError' || code.startsWith('HPE_'))
    return 'does not speak HTTP; is it https:// instead of http://?';
  return `could not be asked (${code})`;
}
