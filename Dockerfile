# The gate as an unprivileged user. Build: docker build -t rufgate .
# Run: docker run --rm --init --read-only --tmpfs /tmp --memory 2g --memory-swap 2g --cap-drop ALL \
#          --security-opt no-new-privileges -p 25:8025 -v rufgate:/srv/rufgate rufgate
# The volume holds configuration, keys, database and the models' faster form. Equal --memory and
# --memory-swap mean no swap, so that raw mail cannot reach a disk.
FROM python:3.11-slim-bookworm AS build
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv /opt/rufgate
RUN /opt/rufgate/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY config config
COPY docs/leak-benchmark.md docs/leak-benchmark.md
COPY bench bench
COPY rufgate rufgate
RUN /opt/rufgate/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps .
RUN /opt/rufgate/bin/pip check && /opt/rufgate/bin/rufgate --version

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /srv/rufgate --shell /usr/sbin/nologin rufgate
COPY --from=build /opt/rufgate /opt/rufgate
USER 10001
WORKDIR /srv/rufgate
ENV PATH=/opt/rufgate/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    RUFGATE_CONFIG=/srv/rufgate/config/rufgate.toml \
    RUFGATE_SMTP__LISTEN=0.0.0.0:8025
VOLUME /srv/rufgate
EXPOSE 8025
STOPSIGNAL SIGTERM
# A gate that takes mail greets with 220; models are loaded before it does.
HEALTHCHECK --start-period=60s --interval=30s --timeout=10s \
    CMD ["python", "-c", "import socket; s = socket.create_connection(('127.0.0.1', 8025), 5); s.settimeout(5); raise SystemExit(s.recv(4) != b'220 ')"]
# ``init`` overwrites nothing: it makes configuration and keys in an empty volume only.
CMD ["sh", "-c", "rufgate init /srv/rufgate && exec rufgate serve"]
