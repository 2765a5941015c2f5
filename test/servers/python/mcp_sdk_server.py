"""The MCP Python SDK's own server and authorization routes; client storage and login are the lab's."""

from interactive_provider import InteractiveProvider
from mcp.server import MCPServer
from mcp.server.auth.settings import AuthSettings, ClientRegistrationOptions, RevocationOptions
from serve import Configuration, serve
from starlette.applications import Starlette


def build(_: Configuration, origin: str) -> Starlette:
    provider = InteractiveProvider(origin)
    server = MCPServer(
        "Lab",
        auth_server_provider=provider,
        auth=AuthSettings(
            issuer_url=origin,
            resource_server_url=f"{origin}/mcp",
            client_registration_options=ClientRegistrationOptions(enabled=True),
            revocation_options=RevocationOptions(enabled=True),
            validate_token_resource=False,
        ),
    )
    server.custom_route("/login", methods=["GET", "POST"])(provider.log_in)

    @server.tool()
    def greet() -> str:
        return "Hello"

    return server.streamable_http_app(stateless_http=True, json_response=True)


serve(build)
