"""The MCP Python SDK's own server and authorization routes; client storage and login are the lab's."""

from contextlib import asynccontextmanager

from interactive_provider import InteractiveProvider
from mcp.server import MCPServer
from mcp.server.auth.settings import AuthSettings, ClientRegistrationOptions, RevocationOptions
from serve import Configuration, serve
from starlette.applications import Starlette
from starlette.routing import Mount


def build(settings: Configuration, origin: str) -> Starlette:
    path = settings.get("path", "")
    base = origin + path
    provider = InteractiveProvider(base)
    server = MCPServer(
        "Lab",
        auth_server_provider=provider,
        auth=AuthSettings(
            issuer_url=base,
            resource_server_url=f"{base}/mcp",
            client_registration_options=ClientRegistrationOptions(enabled=True),
            revocation_options=RevocationOptions(enabled=True),
            validate_token_resource=False,
        ),
    )
    server.custom_route("/login", methods=["GET", "POST"])(provider.log_in)

    @server.tool()
    def greet() -> str:
        return "Hello"

    app = server.streamable_http_app(stateless_http=True, json_response=True)
    if not path:
        return app

    @asynccontextmanager
    async def lifespan(outer: Starlette):
        async with app.router.lifespan_context(outer):
            yield

    # The SDK's well-known routes are part of the application, so they move under the path with it.
    return Starlette(routes=[Mount(path, app=app)], lifespan=lifespan)


serve(build)
