"""A table that stands for the DNS in tests of the pure evaluators."""

from rufgate.receive.authenticity.resolver import Answer, DnsTrouble, Kind


class Zone:
    """``{"example.org TXT": ["v=spf1 -all"]}``; a value of None is trouble."""

    def __init__(self, records: dict[str, list[str] | None]) -> None:
        self._records = {tuple(key.lower().split()): value for key, value in records.items()}
        self.asked: list[tuple[str, str]] = []

    async def ask(self, name: str, kind: Kind) -> Answer:
        name = name.rstrip(".").lower()
        self.asked.append((name, kind.value))
        values = self._records.get((name, kind.value.lower()), [])
        if values is None:
            raise DnsTrouble
        exists = any(known == name or known.endswith(f".{name}") for known, _ in self._records)
        return Answer(tuple(values), exists)
