/** Certificates for tests, made with the openssl command. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its key as PEM, and the files they are in. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}

export interface CertificateRequest {
  /** As openssl writes it, for example `/O=system:masters/CN=admin`. */
  readonly subject: string;
  /** As openssl writes them, for example `IP:127.0.0.1,DNS:localhost`. */
  readonly alternativeNames?: string;
  /** Negative: it has expired already. */
  readonly days?: number;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A certificate authority in a folder of its own. */
export class Authority {
  readonly folder: string;
  readonly certificate: string;
  readonly certificateFile: string;
  #issued = 0;

  /** Makes a new authority; `dispose` takes its files away. */
  static async create(): Promise<Authority> {
    return new Authority(await mkdtemp(join(tmpdir(), 'netkeeper-authority-')));
  }

  private constructor(folder: string) {
    this.folder = folder;
    this.certificateFile = join(folder, 'ca.pem');
    const files = ['-keyout', 'ca.key', '-out', this.certificateFile];
    this.#openssl('req', '-x509', ...NEW_KEY, ...files, '-days', '2', '-subj', '/CN=test authority');
    this.certificate = readFileSync(this.certificateFile, 'utf8');
  }

  issue({ subject, alternativeNames, days = 2 }: CertificateRequest): Certificate {
    this.#issued += 1;
    const name = `issued-${this.#issued}`;
    const [keyFile, certificateFile] = [join(this.folder, `${name}.key`), join(this.folder, `${name}.pem`)];
    const extensions = join(this.folder, `${name}.ext`);
    writeFileSync(extensions, alternativeNames === undefined ? '' : `subjectAltName=${alternativeNames}\n`);
    this.#openssl('req', '-new', ...NEW_KEY, '-keyout', keyFile, '-out', `${name}.csr`, '-subj', subject);
    const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
    const request = [
      '-in',
      `${name}.csr`,
      '-out',
      certificateFile,
      '-days',
      String(days),
      '-extfile',
      extensions,
    ];
    this.#openssl('x509', '-req', ...authority, ...request);
    return {
      certificate: readFileSync(certificateFile, 'utf8'),
      key: readFileSync(keyFile, 'utf8'),
      certificateFile,
      keyFile,
    };
  }

  /** A certificate for servers on 127.0.0.1 and localhost. */
  issueForLoopback(): Certificate {
    return this.issue({ subject: '/CN=test server', alternativeNames: 'IP:127.0.0.1,DNS:localhost' });
  }

  async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  #openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
  }
}
