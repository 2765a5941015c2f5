"""FastMCP with its OIDCProxy in front of an OpenID provider, or with its in-memory authorization server."""

import re
from contextlib import asynccontextmanager

from cryptography.fernet import Fernet
from fastmcp import FastMCP
from fastmcp.server.auth.oidc_proxy import OIDCProxy
from interactive_provider import InteractiveProvider
from key_value.aio.stores.memory import MemoryStore
from key_value.aio.stores.redis import RedisStore
from key_value.aio.wrappers.encryption import FernetEncryptionWrapper
from mcp.server.auth.settings import ClientRegistrationOptions
from serve import Configuration, serve
from starlette.applications import Starlette
from starlette.routing import Mount


def build_storage(store: Configuration):
    """None is FastMCP's default: encrypted files under FASTMCP_HOME."""
    match store["kind"]:
        case "default":
            return None
        case "memory":
            return MemoryStore()
        case "redis":
            return FernetEncryptionWrapper(
                key_value=RedisStore(url=store["url"]),
                fernet=Fernet(store["encryptionKey"]),
                raise_on_decryption_error=store["raiseOnDecryptionError"],
            )


def build_pasted_auth(code: str, arguments: Configuration):
    """Runs a fix as a person pastes it: word for word, its comment giving way to the arguments that were there."""
    names: Configuration = {"arguments": arguments}
    exec(re.sub(r"(?m)^( *)# config_url.*$", r"\1**arguments,", code, count=1), names)
    return names["auth"]


def build_auth(settings: Configuration, base: str):
    upstream = settings.get("upstream")
    if upstream is None:
        return InteractiveProvider(base, client_registration_options=ClientRegistrationOptions(enabled=True))
    arguments = {
        "config_url": upstream["configUrl"],
        "client_id": upstream["clientId"],
        "client_secret": upstream["clientSecret"],
        "base_url": base,
        "required_scopes": ["openid"],
        # The upstream's access tokens are opaque and it knows no resources.
        "verify_id_token": True,
        "forward_resource": False,
        "allowed_client_redirect_uris": settings.get("allowedRedirectUris"),
    }
    if settings["store"]["kind"] == "pasted":
        return build_pasted_auth(settings["store"]["code"], arguments)
    return OIDCProxy(
        **arguments,
        client_storage=build_storage(settings["store"]),
        jwt_signing_key=settings["store"].get("signingKey"),
    )


def build(settings: Configuration, origin: str) -> Starlette:
    path = settings.get("path", "")
    auth = build_auth(settings, origin + path)
    server = FastMCP("Lab", auth=auth)
    if isinstance(auth, InteractiveProvider):
        server.custom_route("/login", methods=["GET", "POST"])(auth.log_in)

    @server.tool
    def greet() -> str:
        return "Hello"

    app = server.http_app(path="/mcp", stateless_http=True, json_response=True)
    if not path:
        return app

    @asynccontextmanager
    async def lifespan(outer: Starlette):
        async with app.lifespan(outer):
            yield

    # As FastMCP documents for mounted servers: the well-known routes belong to the root.
    return Starlette(routes=[*auth.get_well_known_routes(mcp_path="/mcp"), Mount(path, app=app)], lifespan=lifespan)


serve(build)
