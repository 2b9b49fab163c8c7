"""A clamd of the tests: it speaks the protocol of the real one over a socket, and can fail in each way."""

import socket
import struct
import threading

# The test file that every antivirus knows, in two halves so that none finds it in this source.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LIMIT = 25 * 1024 * 1024


class Clamd:
    """It answers until it is closed; ``does`` is how: well, hang, cut, nonsense or shut."""

    def __init__(self, where, *, does="well", limit=LIMIT):
        self.does, self.limit, self.asked = does, limit, []
        self._done = threading.Event()
        self._door = socket.socket(socket.AF_UNIX if isinstance(where, str) else socket.AF_INET)
        self._door.bind(where)
        self._door.listen()
        self.where = self._door.getsockname()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self):
        self._done.set()
        with socket.socket(self._door.family) as last:
            last.connect(self.where)
        self._thread.join()
        self._door.close()

    def _serve(self):
        while not self._done.is_set():
            line, _whence = self._door.accept()
            with line:
                if not self._done.is_set():
                    self._answer(line)

    def _answer(self, line):
        command = self._until_zero(line)
        self.asked.append(command)
        if self.does == "hang":
            self._done.wait(20)
        elif self.does != "shut":
            said = b"PONG" if command == b"zPING" else self._look(line)
            line.sendall({"cut": said[:5], "nonsense": b"stream: quizas\0"}.get(self.does, said + b"\0"))

    def _look(self, line):
        content = b""
        while length := struct.unpack("!L", self._exactly(line, 4))[0]:
            content += self._exactly(line, length)
            if len(content) > self.limit:
                return b"INSTREAM size limit exceeded. ERROR"
        return b"stream: Eicar-Signature FOUND" if EICAR in content else b"stream: OK"

    def _until_zero(self, line):
        said = b""
        while not said.endswith(b"\0"):
            said += self._exactly(line, 1)
        return said[:-1]

    def _exactly(self, line, length):
        said = b""
        while len(said) < length:
            said += line.recv(length - len(said))
        return said
