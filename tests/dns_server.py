"""A name server on loopback, UDP and TCP: says what a table holds, and remembers each question.

In:  a zone in lines like ``example.org TXT "v=spf1 -all"``; several strings make one record.
Out: its address for ``[authenticity] resolver``; ``asked``, the questions in their order.
Names under ``silent.`` are never answered, those under ``broken.`` with SERVFAIL.
"""

import socket
import struct
import threading

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset


def _on_one_port() -> tuple[socket.socket, socket.socket]:
    """A port that is free for UDP may be taken for TCP: then the next."""
    while True:
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        try:
            return udp, socket.create_server(udp.getsockname())
        except OSError:
            udp.close()


class DnsServer:
    def __init__(self, zone: str = "", *, ttl: int = 300) -> None:
        self.ttl = ttl
        self.asked: list[tuple[str, str]] = []
        self.over_tcp: list[str] = []
        self._records: dict[tuple[str, str], list[str]] = {}
        self.add(zone)
        self._udp, self._tcp = _on_one_port()
        self.port = self._udp.getsockname()[1]
        self._threads = [
            threading.Thread(target=serve, daemon=True)
            for serve in (self._serve_udp, self._serve_tcp)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", self.port

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self.asked}

    def add(self, zone: str) -> None:
        for line in filter(None, map(str.strip, zone.splitlines())):
            name, kind, value = line.split(None, 2)
            self._records.setdefault((name.lower().rstrip("."), kind), []).append(value)

    def close(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", self.address)
        self._tcp.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        self._udp.close()
        self._tcp.close()

    def _serve_udp(self) -> None:
        while True:
            try:
                wire, peer = self._udp.recvfrom(4096)
                if not wire:  # from ``close``
                    return
                answer = self._answer(wire)
                if answer is not None:
                    self._udp.sendto(self._fitting(answer), peer)
            except OSError:
                return

    def _serve_tcp(self) -> None:
        while True:
            try:
                client, _ = self._tcp.accept()
            except OSError:
                return
            with client:
                head = client.recv(2)
                wire = client.recv(struct.unpack("!H", head)[0])
                answer = self._answer(wire)
                if answer is not None:
                    self.over_tcp.append(str(answer.question[0].name))
                    out = answer.to_wire(max_size=65_535)
                    client.sendall(struct.pack("!H", len(out)) + out)

    def _fitting(self, answer: dns.message.Message) -> bytes:
        wire = answer.to_wire(max_size=65_535)
        if len(wire) <= 1232:
            return wire
        cut = dns.message.QueryMessage(id=answer.id)
        cut.question, cut.flags = answer.question, answer.flags | dns.flags.TC
        return cut.to_wire()

    def _answer(self, wire: bytes) -> dns.message.Message | None:
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        answer = dns.message.make_response(query, recursion_available=True)
        if name.endswith("silent.example"):
            return None
        if name.endswith("broken.example"):
            answer.set_rcode(dns.rcode.SERVFAIL)
            return answer
        self._fill(answer, name, kind)
        return answer

    def _fill(self, answer: dns.message.Message, name: str, kind: str) -> None:
        seen: set[str] = set()
        while (target := self._records.get((name, "CNAME"))) and name not in seen:
            seen.add(name)
            answer.answer.append(dns.rrset.from_text(f"{name}.", self.ttl, "IN", "CNAME", *target))
            name = target[0].rstrip(".").lower()
        values = self._records.get((name, kind))
        if values:
            answer.answer.append(dns.rrset.from_text(f"{name}.", self.ttl, "IN", kind, *values))
        elif not any(known == name or known.endswith(f".{name}") for known, _ in self._records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
