"""A small OpenID Connect provider: discovery, authorisation with PKCE, RS256 tokens, userinfo."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, CODE, ACCESS = "yanapay", "client-secret", "one-time-code", "access-token"


class Provider(ThreadingHTTPServer):
    """Knows one person; ``asked`` is the last request for authorisation."""

    def __init__(self, person: dict[str, Any]) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.person, self.asked = person, dict[str, str]()
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def id_token(self) -> str:
        now = int(time.time())
        claims = {**self.person, "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60}
        if nonce := self.asked.get("nonce"):
            claims["nonce"] = nonce
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "one"})


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        path, query = urlsplit(self.path)[2:4]
        if path == "/.well-known/openid-configuration":
            self._say(self._discovery())
        elif path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.server.key.public_key()))
            self._say({"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]})
        elif path == "/authorize":
            self.server.asked = {name: values[0] for name, values in parse_qs(query).items()}
            back = {"code": CODE, "state": self.server.asked["state"]}
            self._say({}, 302, f"{self.server.asked['redirect_uri']}?{urlencode(back)}")
        elif path == "/userinfo":
            allowed = self.headers["Authorization"] == f"Bearer {ACCESS}"
            self._say(self.server.person if allowed else {}, 200 if allowed else 401)

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        sent = {name: v[0] for name, v in parse_qs(self.rfile.read(length).decode()).items()}
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest())
        known = (CLIENT, SECRET, CODE, self.server.asked["code_challenge"])
        told = (sent["client_id"], sent["client_secret"], sent["code"], proof.decode().rstrip("="))
        if told != known:
            self._say({"error": "invalid_grant"}, 400)
            return
        token = {"access_token": ACCESS, "token_type": "Bearer", "expires_in": 60}
        self._say({**token, "id_token": self.server.id_token()})

    def _discovery(self) -> dict[str, Any]:
        at = self.server.address
        return {
            "issuer": at, "authorization_endpoint": f"{at}/authorize", "token_endpoint": f"{at}/token",
            "userinfo_endpoint": f"{at}/userinfo", "jwks_uri": f"{at}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }  # fmt: skip

    def _say(self, body: dict[str, Any], status: int = 200, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def running(person: dict[str, Any]) -> Iterator[Provider]:
    """The provider, answering on a free port until the story ends."""
    provider = Provider(person)
    thread = threading.Thread(target=provider.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()
        thread.join()
