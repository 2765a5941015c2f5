import type { RemedyStep, Server } from "../server.ts";

const shareAndKeepClients: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Give every instance the same client store, encrypted with the same key, and the same token signing key. Both halves are needed: with a shared store alone each instance still cannot read what another one wrote",
    code: {
      language: "python",
      text: `# pip install 'py-key-value-aio[redis]'
import os
from cryptography.fernet import Fernet
from fastmcp.server.auth.oidc_proxy import OIDCProxy
from key_value.aio.stores.redis import RedisStore
from key_value.aio.wrappers.encryption import FernetEncryptionWrapper

auth = OIDCProxy(
    # config_url, client_id, client_secret, base_url stay as they are
    client_storage=FernetEncryptionWrapper(
        key_value=RedisStore(host=os.environ["REDIS_HOST"], port=6379),
        fernet=Fernet(os.environ["STORAGE_ENCRYPTION_KEY"]),
    ),
    jwt_signing_key=os.environ["JWT_SIGNING_KEY"],
)`,
    },
  },
  {
    by: "operator",
    do: "Take STORAGE_ENCRYPTION_KEY and JWT_SIGNING_KEY from a secret manager, so that they survive restarts and are the same on all instances",
    code: {
      language: "sh",
      text: `python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"   # STORAGE_ENCRYPTION_KEY, once
openssl rand -base64 48   # JWT_SIGNING_KEY, once`,
    },
  },
  {
    by: "user",
    do: "After the change, clear the client's stored registration and tokens for this server and connect again",
  },
];

export const fastmcpPython: Server = {
  id: "fastmcp-python",
  name: "FastMCP (Python) OAuth proxy",
  fingerprints: [
    { in: "page", text: "Client Not Registered", weight: 0.6 },
    { in: "page", text: "was not found in the server's client registry", weight: 1 },
    { in: "page", text: "Application Access Request", weight: 0.6 },
    { in: "header", name: "link", includes: "http://oauth.net/core/2.1/#registration", weight: 1 },
    { in: "path", includes: "/consent?txn_id=", weight: 1 },
    { in: "cookie", prefix: "__Host-MCP_CONSENT", weight: 1 },
    { in: "cookie", prefix: "MCP_APPROVED_CLIENTS", weight: 1 },
    { in: "cookie", prefix: "MCP_DENIED_CLIENTS", weight: 1 },
  ],
  messages: [
    {
      where: "authorize",
      text: "was not found in the server's client registry",
      means: ["unknown-client", "client-metadata-unreachable"],
      distinctive: true,
    },
  ],
  remedies: [
    { for: "unknown-client", steps: shareAndKeepClients },
    { for: "client-known-to-some-instances", steps: shareAndKeepClients },
    { for: "client-store-key-differs", steps: shareAndKeepClients },
    { for: "client-registration-lost", steps: shareAndKeepClients },
  ],
  clientStorage:
    "Encrypted files in the FastMCP home directory of each instance, keyed by its signing key; a container without a volume or a changed key forgets every client",
};
