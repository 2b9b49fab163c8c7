"""People at their browsers, as a server sees them: sessions, tokens, keys, a second press, patience."""

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE = 30  # seconds for which somebody presses again after an outage
TOKEN = "c" * 32


@dataclass
class Answer:
    """What came of one request: a status (0: the connection broke), where it leads, what it said and when."""

    status: int
    headers: dict = field(default_factory=dict)
    body: str = ""
    sent: float = 0
    came: float = 0

    @property
    def is_outage(self):
        return self.status in (0, 502, 503, 504)

    @property
    def leads_to(self):
        return self.headers.get("location", "")


class Browser:
    """One signed-in person. Everything that was answered stays in ``answers``."""

    def __init__(self, port, session):
        self.port, self.cookie = port, f"sessionid={session}; csrftoken={TOKEN}"
        self.answers = []

    async def post(self, path, fields, *, headers=None, body=None, kind="application/x-www-form-urlencoded"):
        content = body if body is not None else urlencode(fields | {"csrfmiddlewaretoken": TOKEN}).encode()
        lines = {
            "Host": f"127.0.0.1:{self.port}", "Cookie": self.cookie, "Connection": "close",
            "Content-Type": kind, "Content-Length": str(len(content)), **(headers or {}),
        }  # fmt: skip
        head = f"POST {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items()) + "\r\n"
        answer = await asked(self.port, head.encode() + content)
        self.answers.append(answer)
        return answer

    async def post_until_answered(self, path, fields, **options):
        """Press, and after an outage press again with the same key, as the page of the outage says."""
        began = time.time()
        first = answer = await self.post(path, fields, **options)
        while answer.is_outage and time.time() - began < PATIENCE:
            await asyncio.sleep(0.5)
            answer = await self.post(path, fields, **options)
        answer.sent = first.sent
        return answer

    async def upload(self, path, name, filename, content):
        mark = secrets.token_hex(8)
        token = f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}\r\n'
        file = (
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        )
        body = token.encode() + file.encode() + content + f"\r\n--{mark}--\r\n".encode()
        return await self.post(path, {}, body=body, kind=f"multipart/form-data; boundary={mark}")


async def asked(port, request):
    sent = time.time()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        await writer.drain()
        sent = time.time()
        said = await asyncio.wait_for(reader.read(), 60)
        writer.close()
    except (OSError, TimeoutError):
        return Answer(0, sent=sent, came=time.time())
    return read(said, sent)


def read(said, sent):
    head, _gap, body = said.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    parts = first.split(" ")
    if len(parts) < 2:
        return Answer(0, sent=sent, came=time.time())
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    named = {name.lower(): value for name, value in headers.items()}
    return Answer(int(parts[1]), named, body.decode("utf-8", "replace"), sent, time.time())
