"""FastMCP's in-memory provider with a login page in front, as a product built on it would have."""

import html
import secrets

from fastmcp.server.auth.providers.in_memory import InMemoryOAuthProvider
from mcp.server.auth.provider import AuthorizationParams
from mcp.shared.auth import OAuthClientInformationFull
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title><h1>Sign in</h1>
<p>{message}</p><form method="post" action="{action}">
<input type="hidden" name="transaction" value="{transaction}">
<label>Username <input name="login" required></label> <label>Password <input name="password" type="password"></label>
<button>Continue</button></form>
<p>Seeing “invalid_request” or “Client ID not found”? The error means that your application must register again.</p>"""


class InteractiveProvider(InMemoryOAuthProvider):
    def __init__(self, base_url: str, **options):
        super().__init__(base_url=base_url, **options)
        self._login_url = f"{base_url}/login"
        self._transactions: dict[str, tuple[OAuthClientInformationFull, AuthorizationParams]] = {}

    async def authorize(self, client: OAuthClientInformationFull, params: AuthorizationParams) -> str:
        transaction = secrets.token_urlsafe(16)
        self._transactions[transaction] = (client, params)
        return f"{self._login_url}?transaction={transaction}"

    async def log_in(self, request: Request) -> Response:
        if request.method == "GET":
            return self._page(request.query_params.get("transaction", ""), "Sign in to continue.")
        form = await request.form()
        transaction = str(form.get("transaction", ""))
        if transaction not in self._transactions:
            return HTMLResponse("This sign-in has expired.", status_code=400)
        if not form.get("password"):
            return self._page(transaction, "Error: the password is missing.", status=401)
        client, params = self._transactions.pop(transaction)
        return RedirectResponse(await super().authorize(client, params), status_code=302)

    def _page(self, transaction: str, message: str, status: int = 200) -> Response:
        page = PAGE.format(message=message, action=self._login_url, transaction=html.escape(transaction))
        return HTMLResponse(page, status_code=status)
