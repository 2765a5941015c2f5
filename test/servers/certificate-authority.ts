import "reflect-metadata";
import { createHash, createPrivateKey } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const serverAuthentication = "1.3.6.1.5.5.7.3.1";
const hour = 3_600_000;

/** What a TLS server needs: private key and chain (leaf first), both PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * A certificate authority that lives as long as the process.
 *
 * Nothing is installed in the system: Node clients pass `pem` as `ca`, and Chromium is started with `browserArgs`, which
 * makes it accept any chain that contains this authority's key. Chromium honours that flag only together with a user
 * data directory of its own, which a persistent context of Playwright always has.
 */
export interface CertificateAuthority {
  readonly pem: string;
  readonly browserArgs: readonly string[];
  /** Certificate for the loopback names. */
  issue(): Promise<ServerCertificate>;
}

export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const notBefore = new Date(Date.now() - hour);
  const notAfter = new Date(Date.now() + 7 * 24 * hour);
  const authority = await X509CertificateGenerator.createSelfSigned({
    name: "CN=Hopscope lab authority",
    keys,
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const pem = authority.toString("pem");
  const publicKey = createHash("sha256").update(Buffer.from(authority.publicKey.rawData)).digest("base64");

  return {
    pem,
    browserArgs: [`--ignore-certificate-errors-spki-list=${publicKey}`],
    async issue() {
      const leafKeys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
      const leaf = await X509CertificateGenerator.create({
        subject: "CN=localhost",
        issuer: authority.subject,
        publicKey: leafKeys.publicKey,
        signingKey: keys.privateKey,
        notBefore,
        notAfter,
        signingAlgorithm: algorithm,
        extensions: [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension([serverAuthentication]),
          new SubjectAlternativeNameExtension([
            { type: "dns", value: "localhost" },
            { type: "ip", value: "127.0.0.1" },
            { type: "ip", value: "::1" },
          ]),
          await AuthorityKeyIdentifierExtension.create(authority.publicKey),
        ],
      });
      const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", leafKeys.privateKey));
      const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
      return { key: String(key.export({ format: "pem", type: "pkcs8" })), cert: `${leaf.toString("pem")}\n${pem}` };
    },
  };
}
